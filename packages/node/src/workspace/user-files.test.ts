import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type FileChange, findWriteProblems, isJarvisError, planWrites, sha256 } from '@jarvis/core';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { openNodeWorkspace } from './node-workspace.ts';

let top: string;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-user-')));
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

/** Spellings of few files: in other cases, in other Unicode forms, through links. */
const path = fc.constantFrom(
  'a.txt',
  'A.txt',
  'dir/é.txt'.normalize('NFC'),
  'dir/é.txt'.normalize('NFD'),
  'dir/É.txt'.normalize('NFC'),
  'link/a.txt',
  'link.txt',
  'loop/a.txt',
  '../outside.txt',
  'new/deep/b.txt',
  'new',
);
const content = fc.constantFrom('', 'x', 'of the model');
const answer = fc.array(fc.record({ path, content: fc.option(content) }), { minLength: 1, maxLength: 4 });
const turn = fc.record({ answer, touched: fc.option(path), asLink: fc.boolean() });

/** Two saves of the user never hold the same: what is saved as it was is no change, and has a test of its own. */
let saves = 0;

/** The user writes a file, or puts a link there, wherever that is possible. */
function touch(root: string, name: string, asLink: boolean): boolean {
  const absolute = join(root, name);
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    if (!realpathSync(dirname(absolute)).startsWith(root)) return false;
    rmSync(absolute, { force: true });
    if (asLink) symlinkSync('../outside.txt', absolute);
    else writeFileSync(absolute, `of the user: ${name}, save ${String((saves += 1))}`);
    return true;
  } catch {
    // A folder or a loop of links is in the way.
    return false;
  }
}

function look(root: string, name: string): string {
  const absolute = join(root, name);
  return lstatSync(absolute).isSymbolicLink()
    ? `-> ${readlinkSync(absolute)}`
    : readFileSync(absolute, 'utf8');
}

it('F46 B62 no answers change a file the user touched since it was looked at, or anything outside', async () => {
  let [carriedOut, conflicts] = [0, 0];

  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
      rmSync(top, { recursive: true, force: true });
      const root = join(top, 'project');
      mkdirSync(join(root, 'dir'), { recursive: true });
      writeFileSync(join(root, 'a.txt'), 'first');
      writeFileSync(join(top, 'outside.txt'), 'outside');
      symlinkSync(top, join(root, 'link'));
      symlinkSync('../outside.txt', join(root, 'link.txt'));
      symlinkSync('loop', join(root, 'loop'));
      const workspace = await openNodeWorkspace({ root, home: join(top, 'home') });

      for (const { answer: changes, touched, asLink } of turns) {
        const unique: readonly FileChange[] = [...new Map(changes.map((each) => [each.path, each])).values()];
        const seen = await workspace.hashFiles(unique.map((each) => each.path));
        const isTouched = touched !== null && touch(root, touched, asLink);
        const before = isTouched ? look(root, touched) : '';
        if (findWriteProblems(unique).length > 0) continue;

        const contents = new Map(unique.map((each) => [sha256(each.content ?? ''), each.content ?? '']));
        const error: unknown = await workspace
          .apply(planWrites(unique, seen), async (hash) => contents.get(hash) ?? '')
          .then(
            () => undefined,
            (thrown: unknown) => thrown,
          );

        if (error === undefined) carriedOut += 1;
        else expect(isJarvisError(error) && error.code).toMatch(/^JARVIS_WORKSPACE_(PATH_ESCAPE|CONFLICT)$/u);
        if (isTouched && error !== undefined) conflicts += 1;
        if (isTouched) expect(look(root, touched)).toBe(before);
        expect(readFileSync(join(top, 'outside.txt'), 'utf8')).toBe('outside');
      }
    }),
    {
      numRuns: 300,
      examples: [
        [
          [
            {
              answer: [{ path: 'a.txt', content: null }],
              touched: 'new/deep/b.txt',
              asLink: false,
            },
            { answer: [{ path: 'new/deep/b.txt', content: null }], touched: 'new/deep/b.txt', asLink: false },
          ],
        ],
      ],
    },
  );

  expect([carriedOut > 20, conflicts > 5]).toEqual([true, true]);
});

it('F46 a file the user saved again as it was looked at counts as unchanged, and an answer may delete it', async () => {
  const root = join(top, 'project');
  mkdirSync(join(root, 'new', 'deep'), { recursive: true });
  const file = join(root, 'new', 'deep', 'b.txt');
  writeFileSync(file, 'of the user');
  const workspace = await openNodeWorkspace({ root, home: join(top, 'home') });
  const seen = await workspace.hashFiles(['new/deep/b.txt']);
  writeFileSync(file, 'of the user');

  await workspace.apply(planWrites([{ path: 'new/deep/b.txt', content: null }], seen), async () => '');

  expect(existsSync(file)).toBe(false);
});
