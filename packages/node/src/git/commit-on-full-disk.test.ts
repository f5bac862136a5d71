import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CommitPlan, sha256 } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const PAGE = 4_096;

let top: string;
let root: string;
let environment: { PATH: string; HOME: string };

/** Whether this user may have a disk of its own, which takes rights that few have. */
const canMount =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpdir()]).status === 0;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-full-')));
  root = join(top, 'disk');
  mkdirSync(root);
  if (canMount) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', root]);
  environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
});

afterEach(() => {
  if (canMount) execFileSync('umount', ['--lazy', root]);
  rmSync(top, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trimEnd();
}

function begin(): string {
  git('init', '-q', '-b', 'main');
  writeFileSync(join(root, 'a.txt'), '1');
  writeFileSync(join(root, 'staged.txt'), '1');
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
  writeFileSync(join(root, 'staged.txt'), '2');
  git('add', 'staged.txt');
  return git('rev-parse', 'HEAD');
}

const contents = ['small\n', `${'0123456789abcdef'.repeat(600)}\n`];

function planFor(parent: string): CommitPlan {
  return {
    branch: 'refs/heads/main',
    parent,
    subject: 'Build the page',
    trailers: { 'Jarvis-Run': 'r1', 'Jarvis-Step': 's7' },
    author: { name: 'Ada', email: 'ada@example.org' },
    atSeconds: 1_700_000_000,
    files: ['a.txt', 'new/b.txt'].map((path, index) => ({ path, hash: sha256(contents[index] ?? '') })),
  };
}

async function contentOf(hash: string): Promise<string> {
  return contents.find((content) => sha256(content) === hash) ?? '';
}

/** Leaves so many pages free; the file that takes the rest is no part of the project. */
function fill(freePages: number): void {
  const { bavail, bsize } = statfsSync(root);
  writeFileSync(join(root, '.git/ballast'), Buffer.alloc(bavail * bsize - freePages * PAGE));
}

function leftovers(): readonly string[] {
  return readdirSync(join(root, '.git'), { recursive: true })
    .map(String)
    .filter((name) => /\.lock$|tmp_|^jarvis/u.test(name));
}

describe('a commit on a full disk', () => {
  it.runIf(canMount)(
    'F22 commit: leaves nothing half-made at whatever page the disk is full, and goes on with space',
    async () => {
      const parent = begin();
      const plan = planFor(parent);
      mkdirSync(join(root, 'new'));
      for (const [index, path] of ['a.txt', 'new/b.txt'].entries())
        writeFileSync(join(root, path), contents[index] ?? '');
      const objects = git('count-objects', '-v');
      const failedAt: number[] = [];

      let id: string | undefined;
      for (let freePages = 0; id === undefined; freePages += 3) {
        fill(freePages);
        const outcome = await openGitRepository({ root, environment })
          .commit(plan, contentOf)
          .then(
            (commit) => ({ commit }),
            (error: unknown) => ({ error }),
          );
        rmSync(join(root, '.git/ballast'));
        expect(leftovers()).toEqual([]);
        expect(git('fsck', '--strict', '--no-dangling')).toBe('');
        if ('commit' in outcome) {
          id = outcome.commit;
          continue;
        }
        failedAt.push(freePages);
        expect(outcome.error).toMatchObject({ code: 'JARVIS_WORKSPACE_NO_SPACE', path: join(root, '.git') });
        expect(outcome.error).toMatchObject({ message: expect.stringContaining('bytes') as unknown });
        if (git('rev-parse', 'main') === parent) {
          expect(git('status', '--porcelain').split('\n')).toEqual([' M a.txt', 'M  staged.txt', '?? new/']);
        }
        expect(git('show', ':staged.txt')).toBe('2');
      }

      expect(failedAt.length).toBeGreaterThanOrEqual(3);
      expect(objects).toContain('garbage: 0');
      expect(git('count-objects', '-v')).toContain('garbage: 0');
      expect(git('rev-list', 'main').split('\n')).toEqual([id, parent]);
      expect(git('status', '--porcelain')).toBe('M  staged.txt');
      expect(existsSync(join(root, '.git/index.lock'))).toBe(false);
    },
  );
});
