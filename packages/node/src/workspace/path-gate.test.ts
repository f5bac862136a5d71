import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findWriteProblems, isJarvisError, planWrites, sha256 } from '@jarvis/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openNodeWorkspace } from './node-workspace.ts';

let top: string;
let root: string;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-gate-')));
  root = join(top, 'project');
  mkdirSync(join(root, 'a/b'), { recursive: true });
  mkdirSync(join(top, 'outside/a'), { recursive: true });
  writeFileSync(join(top, 'outside/secret.txt'), 'secret');
  symlinkSync(join(top, 'outside'), join(root, 'out'));
  symlinkSync('../../outside', join(root, 'a/up'));
  symlinkSync(join(top, 'outside/secret.txt'), join(root, 'a/link.txt'));
  symlinkSync('..', join(root, 'a/b/parent'));
  symlinkSync(join(top, 'outside/fresh.txt'), join(root, 'a/dangling'));
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

const component = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'fresh', 'page.html', 'ä.txt', '$id', '[slug]') },
  fc.constantFrom('out', 'up', 'parent', 'link.txt', 'dangling', 'secret.txt', 'fresh.txt'),
  fc.constantFrom(
    '..',
    '.',
    '',
    '.git',
    '.GIT',
    'git~1',
    '.g\u200Bit',
    '-rf',
    'con',
    'a ',
    'a.',
    '\u202E',
    '~',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const anyPath = fc
  .array(component, { minLength: 1, maxLength: 5 })
  .chain((components) =>
    fc.constantFrom('', '', '', '/', './', '\\').map((prefix) => prefix + components.join('/')),
  );

describe('the file gate', () => {
  it('B62 keeps whatever it accepts inside the real project folder', async () => {
    const workspace = await openNodeWorkspace({ root, home: join(top, 'home') });
    let accepted = 0;

    await fc.assert(
      fc.asyncProperty(anyPath, fc.string(), async (path, content) => {
        const hashes = await workspace.hashFiles([path]);
        const plan = planWrites([{ path, content }], hashes);

        const error: unknown = await workspace
          .apply(plan, async () => content)
          .then(
            () => undefined,
            (thrown: unknown) => thrown,
          );

        if (error === undefined && plan.writes.length > 0) {
          accepted += 1;
          expect(realpathSync(join(root, path)).startsWith(`${root}/`)).toBe(true);
          expect((await workspace.hashFiles([path])).get(path)).toBe(sha256(content));
        } else if (error !== undefined) {
          expect(isJarvisError(error) && error.code).toMatch(/^JARVIS_WORKSPACE_(PATH_ESCAPE|CONFLICT)$/u);
        }
        expect(readdirSync(join(top, 'outside'), { recursive: true }).sort()).toEqual(['a', 'secret.txt']);
        expect(existsSync(join(root, '.git'))).toBe(false);
        expect(readdirSync(top).sort()).toEqual(['outside', 'project']);
      }),
      { numRuns: 500 },
    );

    expect(accepted).toBeGreaterThan(20);
  });

  it('B62 deletes nothing outside the real project folder, and no link', async () => {
    const workspace = await openNodeWorkspace({ root, home: join(top, 'home') });

    await fc.assert(
      fc.asyncProperty(anyPath, async (path) => {
        const hashes = await workspace.hashFiles([path]);
        const before = hashes.get(path) ?? sha256('what a liar says was there');

        const error: unknown = await workspace
          .apply({ writes: [{ path, before, after: null, bytes: 0 }] }, async () => '')
          .then(
            () => undefined,
            (thrown: unknown) => thrown,
          );

        if (error !== undefined)
          expect(isJarvisError(error) && error.code).toBe('JARVIS_WORKSPACE_PATH_ESCAPE');
        expect(readdirSync(join(top, 'outside'), { recursive: true }).sort()).toEqual(['a', 'secret.txt']);
        expect(lstatSync(join(root, 'out')).isSymbolicLink()).toBe(true);
        expect(lstatSync(join(root, 'a/link.txt')).isSymbolicLink()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('B62 accepts no two paths that one file may answer to, however they are spelled', () => {
    const spelling = fc.constantFrom(
      (path: string) => path,
      (path: string) => path.toUpperCase(),
      (path: string) => path.normalize('NFD'),
      (path: string) => path.normalize('NFKC'),
      (path: string) => path.replace('s', '\u017F'),
      (path: string) => path.replace('k', '\u212A'),
    );
    const name = fc.constantFrom('résumé.txt', 'straße/ﬁle.md', 'task.md', 'Ångström.txt', 'kasse.txt');

    fc.assert(
      fc.property(name, spelling, spelling, (path, one, other) => {
        const [first, second] = [one(path), other(path)];

        expect(findWriteProblems([first, second].map((each) => ({ path: each, content: '' })))).not.toEqual(
          [],
        );
        expect(
          findWriteProblems([
            { path: first, content: '' },
            { path: second, content: null },
          ]),
        ).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
