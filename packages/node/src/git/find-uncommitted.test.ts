import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { UncommittedFiles } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let top: string;
let root: string;
let environment: { PATH: string; HOME: string };

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-uncommitted-')));
  root = join(top, 'project');
  environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(root);
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], { env: environment, encoding: 'utf8', stdio: 'pipe' });
}

function write(path: string, content = `${path}\n`): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A repository with these files, committed. */
function begin(...paths: readonly string[]): void {
  git('init', '-q', '-b', 'main');
  for (const path of paths) write(path);
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'first');
}

async function find(paths?: readonly string[], folder = root): Promise<UncommittedFiles> {
  const repository = openGitRepository({ root: folder, environment });
  const found = await repository.findUncommitted({ limit: 50, ...(paths === undefined ? {} : { paths }) });
  return found.type === 'known' ? { ...found, paths: [...found.paths].sort() } : found;
}

const known = (...paths: readonly string[]) => ({ type: 'known', count: paths.length, paths });

describe('findUncommitted, of the whole folder', () => {
  it('finds what is changed, added, deleted, renamed and new, staged or not', async () => {
    begin('changed', 'staged', 'both', 'deleted', 'deleted-staged', 'from', 'same');
    write('changed', 'new\n');
    write('staged', 'new\n');
    write('both', 'new\n');
    write('added');
    git('add', 'staged', 'both', 'added');
    write('both', 'newer\n');
    rmSync(join(root, 'deleted'));
    git('rm', '-q', 'deleted-staged');
    git('mv', 'from', 'to');
    write('new');

    const found = await find();

    const expected = ['added', 'both', 'changed', 'deleted', 'deleted-staged', 'from', 'new', 'staged', 'to'];
    expect(found).toEqual(known(...expected));
  });

  it('gives names as they are, whatever is in them', async () => {
    const names = [
      'a b',
      'quo"te',
      'line\nbreak',
      'tab\t',
      'grüße.txt',
      '日本語',
      '? x',
      '--help',
      ':(top)a',
      '*',
    ];
    begin(...names);
    for (const name of names) write(name, 'changed\n');

    await expect(find()).resolves.toEqual(known(...[...names].sort()));
    await expect(find(names)).resolves.toEqual(known(...[...names].sort()));
  });

  it('tells of a new folder as one, and not of what is ignored', async () => {
    begin('a');
    write('new/1');
    write('new/deep/2');
    write('build/out.js');
    write('.gitignore', 'build/\n');

    await expect(find()).resolves.toEqual(known('.gitignore', 'new/'));
  });

  it('finds everything in a repository without a commit', async () => {
    git('init', '-q');
    write('a');
    write('b/c');
    git('add', 'a');

    await expect(find()).resolves.toEqual(known('a', 'b/'));
  });

  it('finds files that are not merged', async () => {
    begin('a');
    git('switch', '-q', '-c', 'side');
    write('a', 'side\n');
    git('commit', '-q', '-am', 'side');
    git('switch', '-q', 'main');
    write('a', 'main\n');
    git('commit', '-q', '-am', 'main');
    expect(() => git('merge', '-q', 'side')).toThrow('merge');

    await expect(find()).resolves.toEqual(known('a'));
    await expect(find(['a'])).resolves.toEqual(known('a'));
  });

  it('stays out of submodules, and finds another commit of theirs', async () => {
    begin('a');
    write('part/b');
    const part = (...args: readonly string[]) => git('-C', 'part', ...args);
    part('init', '-q');
    part('add', 'b');
    part('commit', '-q', '-m', 'b');
    git('add', 'part');
    git('commit', '-q', '-m', 'part');
    write('part/b', 'changed\n');

    await expect(find()).resolves.toEqual(known());
    part('commit', '-q', '-am', 'changed');
    await expect(find()).resolves.toEqual(known('part'));
  });
});

describe('findUncommitted, in a part of a larger repository', () => {
  it('finds what is inside of the folder, by the path in it', async () => {
    begin('outside', 'inner/a', 'inner/deep/b', 'inner2/a');
    write('outside', 'changed\n');
    write('inner/a', 'changed\n');
    write('inner/deep/b', 'changed\n');
    write('inner/new');
    write('inner2/a', 'changed\n');
    const inner = join(root, 'inner');

    await expect(find(undefined, inner)).resolves.toEqual(known('a', 'deep/b', 'new'));
    await expect(find(['a', 'new', 'deep/b'], inner)).resolves.toEqual(known('a', 'deep/b', 'new'));
  });

  it('says so when nothing in the folder is tracked', async () => {
    begin('a');
    write('inner/deep/b');

    await expect(find(undefined, join(root, 'inner'))).resolves.toEqual(known('./'));
    await expect(find(undefined, join(root, 'inner/deep'))).resolves.toEqual(known('./'));
  });

  it('is the same as without a repository when that one ignores the folder', async () => {
    begin('a');
    write('inner/b');
    write('.gitignore', 'inner\n');

    await expect(find(undefined, join(root, 'inner'))).resolves.toEqual({ type: 'none' });
    await expect(find(['b'], join(root, 'inner'))).resolves.toEqual(known('b'));
  });
});

describe('findUncommitted, of some files', () => {
  it('finds those that are changed, ignored, new, of a submodule or said to be left alone', async () => {
    begin('same', 'changed', 'assumed', 'skipped');
    write('changed', 'new\n');
    write('ignored');
    write('new/deep/file');
    write('.gitignore', 'ignored\n');
    write('part/b');
    git('-C', 'part', 'init', '-q');
    git('update-index', '--assume-unchanged', 'assumed');
    git('update-index', '--skip-worktree', 'skipped');

    const found = await find(['same', 'changed', 'assumed', 'skipped', 'ignored', 'new/deep/file', 'part/b']);

    expect(found).toEqual(known('assumed', 'changed', 'ignored', 'new/deep/file', 'part/b', 'skipped'));
  });

  it('finds nothing when it is asked about nothing', async () => {
    begin('a');
    write('a', 'changed\n');

    await expect(find([])).resolves.toEqual(known());
  });
});

describe('findUncommitted, where a repository is not to be trusted', () => {
  it('starts no filter, hook or file system monitor, and writes nothing', async () => {
    begin('a.x', 'b');
    const program = join(top, 'program');
    writeFileSync(program, `#!/bin/sh\ntouch ${join(top, 'started')}\ncat\n`);
    chmodSync(program, 0o755);
    write('.gitattributes', '*.x filter=own=evil\n');
    for (const key of ['clean', 'process']) git('config', `filter.own=evil.${key}`, program);
    git('config', 'filter.own=evil.required', 'true');
    git('config', 'core.fsmonitor', program);
    write('.git/hooks/post-index-change', readFileSync(program, 'utf8'));
    chmodSync(join(root, '.git/hooks/post-index-change'), 0o755);
    utimesSync(join(root, 'a.x'), 1, 1);
    utimesSync(join(root, 'b'), 1, 1);
    const index = readFileSync(join(root, '.git/index'));

    const found = await find();

    expect(found).toEqual(known('.gitattributes'));
    expect(existsSync(join(top, 'started'))).toBe(false);
    expect(readFileSync(join(root, '.git/index')).equals(index)).toBe(true);
  });

  it('does not look through a .git that leads to the repository of somebody else', async () => {
    begin('a');
    const other = join(top, 'other');
    mkdirSync(other);
    writeFileSync(join(other, '.git'), `gitdir: ${join(root, '.git')}\n`);

    await expect(find(undefined, other)).resolves.toMatchObject({ type: 'unknown' });
  });
});

describe('findUncommitted, where nobody can tell', () => {
  it('says that there is no repository', async () => {
    write('a');

    await expect(find()).resolves.toEqual({ type: 'none' });
  });

  it('says that there is no git', async () => {
    const repository = openGitRepository({ root, environment: { ...environment, PATH: join(top, 'empty') } });

    const found = await repository.findUncommitted({ limit: 1 });

    expect(found).toMatchObject({ type: 'unknown', problem: expect.stringContaining('git') as unknown });
  });

  it('says that the index cannot be read', async () => {
    begin('a');
    write('.git/index', 'broken');

    const found = await find();

    expect(found).toMatchObject({
      type: 'unknown',
      problem: expect.stringContaining('git status') as unknown,
    });
  });

  it('gives up on a git that takes too long', async () => {
    begin('a');

    const repository = openGitRepository({ root, environment, deadlineMs: 1 });

    await expect(repository.findUncommitted({ limit: 1 })).resolves.toMatchObject({ type: 'unknown' });
  });
});
