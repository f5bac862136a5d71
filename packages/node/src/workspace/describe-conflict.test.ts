import { mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { planWrites, sha256, type Workspace, WorkspaceConflictError } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openNodeWorkspace } from './node-workspace.ts';

let root: string;
let workspace: Workspace;

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-conflict-')));
  workspace = await openNodeWorkspace({ root, home: '/nonexistent' });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Versions {
  /** What the run knew; `null` for a file that was not there. */
  readonly known: string | null;
  readonly onDisk: string | Uint8Array | null;
  readonly wanted: string | null;
  readonly isKept?: boolean;
}

/** The conflict that writing `a.txt` meets. */
async function conflictOver({ known, onDisk, wanted, isKept = true }: Versions): Promise<Error> {
  if (onDisk !== null) writeFileSync(join(root, 'a.txt'), onDisk);
  const before = new Map(known === null ? [] : [['a.txt', sha256(known)]]);
  const contents = [isKept ? known : null, wanted].flatMap((content) => content ?? []);
  const applying = workspace.apply(
    planWrites([{ path: 'a.txt', content: wanted }], before),
    async (hash) =>
      contents.find((content) => sha256(content) === hash) ?? Promise.reject(new Error('not kept')),
  );
  return applying.then(
    () => new Error('no conflict'),
    (error: unknown) => (error instanceof WorkspaceConflictError ? error : new Error(String(error))),
  );
}

describe('a conflict', () => {
  it('F46: shows what somebody else changed and what the run wanted, from what the run knew', async () => {
    const conflict = await conflictOver({
      known: 'one\ntwo\n',
      onDisk: 'one\n2\n',
      wanted: 'one\ntwo\nthree\n',
    });

    expect(conflict.message.split('\n').slice(1)).toEqual([
      '--- a.txt\tas the run knew it',
      '+++ a.txt\ton disk',
      '@@ -1,2 +1,2 @@',
      ' one',
      '-two',
      '+2',
      '--- a.txt\tas the run knew it',
      '+++ a.txt\tas the run wanted it',
      '@@ -1,2 +1,3 @@',
      ' one',
      ' two',
      '+three',
    ]);
  });

  it('F46: shows a file that somebody else made or took away', async () => {
    const made = await conflictOver({ known: null, onDisk: 'mine\n', wanted: 'new\n' });
    unlinkSync(join(root, 'a.txt'));
    const gone = await conflictOver({ known: 'old\n', onDisk: null, wanted: 'new\n' });

    expect(made.message).toMatch(/\ton disk\n@@ -0,0 \+1,1 @@\n\+mine\n/u);
    expect(gone.message).toMatch(/\ton disk\n@@ -1,1 \+0,0 @@\n-old\n/u);
  });

  it('F46: compares with what is wanted where the run never kept what it knew', async () => {
    const conflict = await conflictOver({ known: 'old', onDisk: 'mine\n', wanted: 'new\n', isKept: false });

    expect(conflict.message).toContain('--- a.txt\ton disk\n+++ a.txt\tas the run wanted it');
    expect(conflict.message).toContain('-mine\n+new');
  });

  it('F46: escapes what a terminal would obey, and shows line ends', async () => {
    const conflict = await conflictOver({ known: 'a\n', onDisk: 'a\r\n\u001b[2J\u202Ex\n', wanted: 'b\n' });

    expect(conflict.message).toContain(String.raw`+a\u{d}`);
    expect(conflict.message).toContain(String.raw`+\u{1b}[2J\u{202e}x`);
  });

  it('F46: is cut, and says so of a file that is too large, no text, or different altogether', async () => {
    const lines = (mark: string) => Array.from({ length: 3_000 }, (_, index) => `${mark}${String(index)}`);
    const many = lines('x').slice(0, 900).join('\n');

    const cut = await conflictOver({ known: 'a', onDisk: many, wanted: 'y'.repeat(5_000) });
    const long = await conflictOver({ known: 'a', onDisk: 'z'.repeat(5_000), wanted: 'b' });
    const large = await conflictOver({ known: 'a', onDisk: 'x'.repeat(300_000), wanted: 'b' });
    const bytes = await conflictOver({ known: 'a', onDisk: new Uint8Array([0, 1]), wanted: 'b' });
    const other = await conflictOver({
      known: lines('a').join('\n'),
      onDisk: lines('b').join('\n'),
      wanted: 'b',
    });

    expect(cut.message.length).toBeLessThan(4_600);
    expect(cut.message).toMatch(/\n… \(cut\)$/u);
    expect(long.message).toContain(`+${'z'.repeat(199)}…`);
    expect(large.message).toContain('a.txt, on disk: it is no text, or too large to be compared.');
    expect(bytes.message).toContain('a.txt, on disk: it is no text');
    expect(other.message).toContain('they differ too much to be compared');
  });

  it('F46: never looks through a link that has come there meanwhile', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-outside-')));
    writeFileSync(join(outside, 'a.txt'), 'outside');
    symlinkSync(join(outside, 'a.txt'), join(root, 'a.txt'));

    const refused = await conflictOver({ known: 'a', onDisk: null, wanted: 'b' });
    rmSync(outside, { recursive: true });

    expect(refused.message).not.toContain('+outside');
    expect(refused.message).toContain('is a link');
  });
});
