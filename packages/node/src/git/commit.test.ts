import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type CommitPlan, type CrashPlace, sha256 } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type GitRepositoryOptions, openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let top: string;
let root: string;
let environment: { PATH: string; HOME: string };
const contents = new Map<string, string>();

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-commit-')));
  root = join(top, 'project');
  environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(root);
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  git('init', '-q', '-b', 'main');
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trimEnd();
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function userCommits(files: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(files)) put(path, content);
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
  return git('rev-parse', 'HEAD');
}

/** Writes the files as the run does before it commits, and plans their commit. */
function planFor(parent: string | null, files: Readonly<Record<string, string>>): CommitPlan {
  for (const [path, content] of Object.entries(files)) {
    put(path, content);
    contents.set(sha256(content), content);
  }
  return {
    branch: 'refs/heads/main',
    parent,
    subject: 'Build the page',
    trailers: { 'Jarvis-Run': 'r1', 'Jarvis-Step': 's7' },
    author: { name: 'Jo Ño', email: 'jo@example.org' },
    atSeconds: 1_700_000_000,
    files: Object.entries(files).map(([path, content]) => ({ path, hash: sha256(content) })),
  };
}

function commit(plan: CommitPlan, options: Partial<GitRepositoryOptions> = {}): Promise<string> {
  const repository = openGitRepository({ root, environment, ...options });
  return repository.commit(
    plan,
    async (hash) => contents.get(hash) ?? Promise.reject(new Error('unknown content')),
  );
}

function dieAt(place: CrashPlace): Partial<GitRepositoryOptions> {
  return {
    crashPoint: {
      reach: (reached) => {
        if (reached === place) throw new Error(`killed at ${place}`);
      },
    },
  };
}

function expectSoundRepository(): void {
  expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(existsSync(join(root, '.git/jarvis'))).toBe(false);
  expect(
    readdirSync(join(root, '.git'), { recursive: true }).filter((name) => String(name).endsWith('.lock')),
  ).toEqual([]);
}

describe('commit', () => {
  it('makes the first commit of a repository', async () => {
    const id = await commit(planFor(null, { 'a.txt': 'a\n', 'deep/ä [1] $id.txt': 'b' }));

    expect(git('rev-parse', 'main')).toBe(id);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
      'a.txt',
      'deep/ä [1] $id.txt',
    ]);
    expectSoundRepository();
  });

  it('is made of nothing but its plan', async () => {
    const parent = userCommits({ 'old.txt': 'old' });
    git('config', 'i18n.commitEncoding', 'ISO-8859-1');
    git('config', 'commit.gpgSign', 'true');

    const id = await commit(planFor(parent, { 'new.txt': 'new' }));

    const format = '--format=%P|%an|%ae|%at|%cn|%ce|%ct|%ai|%B';
    expect(git('-c', 'i18n.logOutputEncoding=UTF-8', 'log', '-1', format, id)).toBe(
      `${parent}|Jo Ño|jo@example.org|1700000000|Jo Ño|jo@example.org|1700000000|2023-11-14 22:13:20 +0000|` +
        'Build the page\n\nJarvis-Run: r1\nJarvis-Step: s7',
    );
    expect(git('log', '-1', '--format=%(trailers:key=Jarvis-Step,valueonly)')).toBe('s7');
    expect(git('show', '--format=', '--name-status', id)).toBe('A\tnew.txt');
  });

  it('commits a move and a deletion, and leaves nothing to commit', async () => {
    const parent = userCommits({ 'old/a.txt': 'a', 'gone.txt': 'gone', 'kept.txt': 'kept' });
    const plan = planFor(parent, { 'new/a.txt': 'a' });
    rmSync(join(root, 'old'), { recursive: true });
    rmSync(join(root, 'gone.txt'));
    const gone = ['old/a.txt', 'gone.txt'].map((path) => ({ path, hash: null }));

    const id = await commit({ ...plan, files: [...gone, ...plan.files] });

    expect(git('ls-tree', '-r', '--name-only', id).split('\n')).toEqual(['kept.txt', 'new/a.txt']);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('keeps the mode of a file that was moved', async () => {
    put('a.sh', 'old');
    chmodSync(join(root, 'a.sh'), 0o755);
    const parent = userCommits({ 'kept.txt': '1' });
    const plan = planFor(parent, { 'new/a.sh': 'edited', 'b.sh': 'new' });
    rmSync(join(root, 'a.sh'));
    chmodSync(join(root, 'new/a.sh'), 0o755);

    const files = plan.files.map((file) =>
      file.path === 'new/a.sh' ? { ...file, movedFrom: 'a.sh' } : file,
    );
    const id = await commit({ ...plan, files: [{ path: 'a.sh', hash: null }, ...files] });

    expect(git('ls-tree', '-r', '--format=%(objectmode) %(path)', id).split('\n')).toEqual([
      '100644 b.sh',
      '100644 kept.txt',
      '100755 new/a.sh',
    ]);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('keeps what the user has staged of a file that is gone', async () => {
    const parent = userCommits({ 'a.txt': 'a', 'b.txt': 'b' });
    put('a.txt', 'staged by the user');
    git('add', 'a.txt');
    rmSync(join(root, 'a.txt'));
    const plan = { ...planFor(parent, {}), files: [{ path: 'a.txt', hash: null }] };

    await commit(plan);

    expect(git('ls-files').split('\n')).toEqual(['a.txt', 'b.txt']);
    expect(git('show', ':a.txt')).toBe('staged by the user');
  });

  it('does not commit a deletion in a submodule', async () => {
    const parent = userCommits({ 'a.txt': 'a' });
    git('update-index', '--add', '--cacheinfo', `160000,${parent},sub`);
    git('commit', '-q', '-m', 'with a submodule');
    const plan = planFor(git('rev-parse', 'HEAD'), {});

    await expect(commit({ ...plan, files: [{ path: 'sub/a.txt', hash: null }] })).rejects.toThrow(
      'lies in the submodule sub',
    );
  });

  it('takes the contents from the plan, not from disk, byte by byte', async () => {
    const parent = userCommits({ '.gitattributes': '* text eol=lf\n*.big filter=broken\n' });
    git('config', 'filter.broken.clean', 'false');
    git('config', 'filter.broken.required', 'true');
    const plan = planFor(parent, { 'a.txt': 'planned\r\n', 'b.big': 'raw' });
    put('a.txt', 'changed since by the user');

    await commit(plan);

    expect(execFileSync('git', ['-C', root, 'cat-file', 'blob', 'main:a.txt'], { encoding: 'utf8' })).toBe(
      'planned\r\n',
    );
    expect(git('cat-file', 'blob', 'main:b.big')).toBe('raw');
  });

  it('keeps the mode of a file, and makes a plain file of a link', async () => {
    put('run.sh', 'old');
    chmodSync(join(root, 'run.sh'), 0o755);
    symlinkSync('run.sh', join(root, 'link'));
    const parent = userCommits({});
    rmSync(join(root, 'link'));

    await commit(planFor(parent, { 'run.sh': 'new', link: 'a file now' }));

    expect(git('ls-tree', '--format=%(objectmode) %(path)', 'main')).toBe('100644 link\n100755 run.sh');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('keeps what the user has staged and changed, in other files and in the same', async () => {
    const parent = userCommits({ 'mine.txt': '1', 'shared.txt': '1', 'gone.txt': '1', 'work.txt': '1' });
    put('shared.txt', '2 by the user');
    put('mine.txt', '2');
    git('add', 'mine.txt', 'shared.txt');
    git('rm', '-q', 'gone.txt');
    put('mine.txt', '3');
    put('work.txt', '2');
    put('untracked.txt', '1');

    await commit(planFor(parent, { 'shared.txt': '2 by the run', 'new.txt': '1' }));

    expect(git('status', '--porcelain').split('\n')).toEqual([
      'D  gone.txt',
      'MM mine.txt',
      'MM shared.txt',
      ' M work.txt',
      '?? untracked.txt',
    ]);
    expect(git('show', ':shared.txt')).toBe('2 by the user');
    expect(git('show', ':mine.txt')).toBe('2');
    expectSoundRepository();
  });

  it('replaces a file by a folder and a folder by a file, in the tree and in the index', async () => {
    const parent = userCommits({ 'a/old.txt': '1', 'a/sub/older.txt': '1', b: '1', 'kept.txt': '1' });
    rmSync(join(root, 'a'), { recursive: true });
    rmSync(join(root, 'b'));

    await commit(planFor(parent, { a: 'a file', 'b/new.txt': 'a folder' }));

    expect(git('ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual(['a', 'b/new.txt', 'kept.txt']);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('leaves a file alone that the user has staged where the commit needs a folder', async () => {
    const parent = userCommits({ 'kept.txt': '1' });
    put('b', 'staged');
    git('add', 'b');
    rmSync(join(root, 'b'));

    await commit(planFor(parent, { 'b/new.txt': 'a folder' }));

    expect(git('show', ':b')).toBe('staged');
    expect(git('show', 'main:b/new.txt')).toBe('a folder');
  });

  it('refuses a file of a submodule', async () => {
    const inner = join(top, 'inner');
    execFileSync('git', ['init', '-q', '-b', 'main', inner], { env: environment });
    execFileSync('git', ['-C', inner, 'commit', '-q', '--allow-empty', '-m', 'x'], { env: environment });
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'vendor/inner');
    const parent = userCommits({});

    const committing = commit(planFor(parent, { 'vendor/inner/a.txt': 'a' }));

    await expect(committing).rejects.toThrow('vendor/inner/a.txt lies in the submodule vendor/inner');
    expect(git('rev-parse', 'main')).toBe(parent);
  });

  it('F44 runs no hook, filter or monitor of the repository', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const witness = join(top, 'witness');
    const program = join(top, 'program');
    writeFileSync(program, `#!/bin/sh\necho "$0" >> ${witness}\nexit 1\n`);
    chmodSync(program, 0o755);
    for (const hook of [
      'pre-commit',
      'commit-msg',
      'post-commit',
      'reference-transaction',
      'post-index-change',
    ]) {
      linkSync(program, join(root, '.git/hooks', hook));
    }
    git('config', 'core.fsmonitor', program);
    git('config', 'gpg.program', program);
    git('config', 'log.showSignature', 'true');
    git('config', 'core.pager', program);

    await commit(planFor(parent, { 'a.txt': '2' }));

    expect(existsSync(witness)).toBe(false);
  });

  it.each([
    ['pre-commit', 'echo no; exit 1'],
    ['pre-commit', 'echo changed > a.txt; git add a.txt'],
    ['commit-msg', 'echo edited > "$1"'],
    ['post-commit', 'sleep 600'],
    ['reference-transaction', 'cat > /dev/null; exit 1'],
    ['post-index-change', 'sleep 600'],
  ])('F44 commits what was planned past a %s hook: %s', async (hook, script) => {
    const parent = userCommits({ 'a.txt': '1' });
    writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\n${script}\n`);
    chmodSync(join(root, '.git/hooks', hook), 0o755);

    const id = await commit(planFor(parent, { 'a.txt': '2' }), { deadlineMs: 20_000 });
    rmSync(join(root, '.git/hooks', hook));

    expect(git('log', '-1', '--format=%s', id)).toBe('Build the page');
    expect(git('show', `${id}:a.txt`)).toBe('2');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('F44 switches off every hook that the configuration holds by its name, in each git that could run one', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const names = ['linter', 'reference-transaction', 'with = and . in it', 'ÄÖ "quoted"'];
    for (const name of names) git('config', `hook.${name}.event`, 'reference-transaction');
    appendFileSync(
      join(environment.HOME, '.gitconfig'),
      '[hook "of the user"]\n\tevent = post-index-change\n',
    );
    const programs = join(top, 'programs');
    const log = join(top, 'calls');
    mkdirSync(programs);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const listing = `${real} config --type=bool --get-regexp '^hook\\..*\\.enabled$' | sort -u`;
    const script = `case "$*" in *update-ref*|*update-index*) ${listing} >> ${log}; echo . >> ${log};; esac`;
    writeFileSync(join(programs, 'git'), `#!/bin/sh\n${script}\nexec ${real} "$@"\n`);
    chmodSync(join(programs, 'git'), 0o755);

    await commit(planFor(parent, { 'a.txt': '2' }), {
      environment: { ...environment, PATH: `${programs}:${environment.PATH}` },
    });

    const seen = readFileSync(log, 'utf8').split('\n');
    const switched = [...names, 'of the user'].map((name) => `hook.${name}.enabled false`);
    expect(seen.filter((line) => line === '.')).toHaveLength(3);
    for (const line of switched) {
      expect(
        seen.filter((each) => each === line),
        line,
      ).toHaveLength(3);
    }
  });

  it('works in a linked worktree, with SHA-256, and with a split index', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    git('init', '-q', '-b', 'other', '--object-format=sha256');
    userCommits({ 'a.txt': '1' });
    git('worktree', 'add', '-q', '-b', 'main', join(top, 'linked'));
    root = join(top, 'linked');
    git('update-index', '--split-index');
    const parent = git('rev-parse', 'main');

    const id = await commit(planFor(parent, { 'a.txt': '2', 'b.txt': '1' }));

    expect(id).toHaveLength(64);
    expect(git('rev-parse', 'main')).toBe(id);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('L5 takes at most ten git processes for two hundred files among a thousand', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`f/${String(index)}.txt`, 'old']),
    );
    const parent = userCommits(files);
    const programs = join(top, 'programs');
    const log = join(top, 'calls');
    mkdirSync(programs);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    writeFileSync(join(programs, 'git'), `#!/bin/sh\necho call >> ${log}\nexec ${real} "$@"\n`);
    chmodSync(join(programs, 'git'), 0o755);
    const repository = openGitRepository({
      root,
      environment: { ...environment, PATH: `${programs}:${environment.PATH}` },
    });
    await repository.inspect();
    rmSync(log);

    const changed = Object.fromEntries(
      Object.keys(files)
        .slice(0, 200)
        .map((path) => [path, `new ${path}`]),
    );
    const plan = planFor(parent, changed);
    await repository.commit(plan, async (hash) => contents.get(hash) ?? '');

    expect(readFileSync(log, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(git('show', '--format=', '--name-only', 'main').split('\n')).toHaveLength(200);
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('commit after a crash', () => {
  it.each([
    'commit.tree-written',
    'commit.object-built',
    'commit.ref-moved',
    'commit.index-locked',
    'commit.index-advanced',
  ] as const)('F09 F10 makes the same single commit when the process died at %s', async (place) => {
    const parent = userCommits({ 'a.txt': '1', 'staged.txt': '1' });
    put('staged.txt', '2');
    git('add', 'staged.txt');
    const plan = planFor(parent, { 'a.txt': '2', 'new/b.txt': '1' });
    await expect(commit(plan, dieAt(place))).rejects.toThrow(`killed at ${place}`);

    const first = await commit(plan);
    const again = await commit(plan);

    expect(again).toBe(first);
    expect(git('rev-list', 'main').split('\n')).toEqual([first, parent]);
    expect(git('status', '--porcelain')).toBe('M  staged.txt');
    expectSoundRepository();
  });

  it('gives the same id in another repository with the same parent', async () => {
    const plan = planFor(null, { 'a.txt': '1' });
    const here = await commit(plan);
    rmSync(join(root, '.git'), { recursive: true });
    git('init', '-q', '-b', 'main');

    await expect(commit(plan)).resolves.toBe(here);
  });

  it('F43 removes its own lock and files, left by a process that was killed, and only those', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    mkdirSync(join(root, '.git/jarvis'));
    writeFileSync(join(root, '.git/jarvis/next-index'), 'prepared');
    linkSync(join(root, '.git/jarvis/next-index'), join(root, '.git/index.lock'));

    await commit(plan, { lockWaitMs: 0 });

    expect(git('status', '--porcelain')).toBe('');
    expectSoundRepository();
  });

  it('F43 is not disturbed by a second run that looks at the repository meanwhile', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    const bystander = openGitRepository({ root, environment });
    const committing = openGitRepository({ root, environment });

    const id = await committing.commit(plan, async (hash) => {
      await expect(bystander.inspect()).resolves.toMatchObject({ type: 'ready', head: parent });
      expect(existsSync(join(root, '.git/jarvis'))).toBe(true);
      return contents.get(hash) ?? '';
    });

    expect(git('rev-parse', 'main')).toBe(id);
    expect(git('status', '--porcelain')).toBe('');
    expectSoundRepository();
  });

  it('F43 waits for the lock of another git, then names it, and goes on once it is gone', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    const lock = join(root, '.git/index.lock');
    writeFileSync(lock, '');

    await expect(commit(plan, { lockWaitMs: 100 })).rejects.toMatchObject({
      code: 'JARVIS_GIT_LOCKED',
      file: lock,
    });
    expect(existsSync(lock)).toBe(true);
    rmSync(lock);
    const id = await commit(plan);

    expect(git('rev-list', 'main').split('\n')).toEqual([id, parent]);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('F43 waits for a live git that is about to write the index, and keeps what that has staged', async () => {
    const parent = userCommits({ 'a.txt': '1', 'b.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    put('b.txt', '2');
    const staging = spawn('git', ['-C', root, 'update-index', '--stdin'], { env: environment });
    await vi.waitFor(() => expect(existsSync(join(root, '.git/index.lock'))).toBe(true), 10_000);

    const committing = commit(plan, { lockWaitMs: 30_000 });
    await vi.waitFor(() => expect(existsSync(join(root, '.git/jarvis/next-index'))).toBe(true), 10_000);
    staging.stdin.end('b.txt\n');
    const id = await committing;

    expect(git('rev-list', 'main').split('\n')).toEqual([id, parent]);
    expect(git('status', '--porcelain')).toBe('M  b.txt');
    expectSoundRepository();
  });

  it('F43 names the lock of a branch that another git keeps', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const lock = join(root, '.git/refs/heads/main.lock');
    writeFileSync(lock, '');

    const committing = commit(planFor(parent, { 'a.txt': '2' }), { lockWaitMs: 100 });

    await expect(committing).rejects.toMatchObject({ code: 'JARVIS_GIT_LOCKED', file: lock });
    expect(existsSync(lock)).toBe(true);
  });
});

describe('commit while the user works', () => {
  it('F46 loses against a commit of the user, which stays', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    const theirs = userCommits({ 'b.txt': '1' });

    await expect(commit(plan)).rejects.toMatchObject({
      code: 'JARVIS_GIT_CONFLICT',
      branch: 'refs/heads/main',
    });
    expect(git('rev-parse', 'main')).toBe(theirs);
    expectSoundRepository();
  });

  it('F46 loses against a commit made while its own is being built', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    const racing = {
      crashPoint: {
        reach: (place: CrashPlace) => {
          if (place === 'commit.object-built') git('commit', '-q', '--allow-empty', '-m', 'meanwhile');
        },
      },
    };

    await expect(commit(plan, racing)).rejects.toMatchObject({ code: 'JARVIS_GIT_CONFLICT' });
    expect(git('log', '-1', '--format=%s')).toBe('meanwhile');
  });

  it('F10 adopts its commit when the user has gone on from it, and advances what they have left', async () => {
    const parent = userCommits({ 'a.txt': '1', 'b.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2', 'b.txt': '2' });
    await expect(commit(plan, dieAt('commit.ref-moved'))).rejects.toThrow();
    const ours = git('rev-parse', 'main');
    put('b.txt', '3');
    git('commit', '-q', '-m', 'only b', '--', 'b.txt');

    await expect(commit(plan)).resolves.toBe(ours);

    expect(git('status', '--porcelain')).toBe('');
    expect(git('show', ':b.txt')).toBe('3');
  });

  it('F10 adopts its commit when the user has amended it', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    await commit(plan);
    git('commit', '-q', '--amend', '--author', 'Someone <else@example.org>', '--no-edit');

    const adopted = await commit(plan);

    expect(adopted).toBe(git('rev-parse', 'main'));
    expect(git('rev-list', '--count', 'main')).toBe('2');
  });

  it('knows a commit without trailers by its id', async () => {
    const plan = { ...planFor(null, { 'a.txt': '1' }), trailers: {} };
    const first = await commit(plan);
    userCommits({ 'b.txt': '1' });

    await expect(commit(plan)).resolves.toBe(first);
    await expect(commit({ ...plan, subject: 'another one' })).rejects.toMatchObject({
      code: 'JARVIS_GIT_CONFLICT',
    });
  });

  it('prepares the index again when the user stages something meanwhile', async () => {
    const parent = userCommits({ 'a.txt': '1', 'b.txt': '1' });
    const programs = join(top, 'programs');
    mkdirSync(programs);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    // The user's `git add` comes between the look at their index and the change of it.
    const meanwhile = `echo 2 > ${root}/b.txt && ${real} -C ${root} add b.txt && touch ${top}/added`;
    writeFileSync(
      join(programs, 'git'),
      `#!/bin/sh\nif [ "$GIT_INDEX_FILE" = "${root}/.git/jarvis/next-index" ] && [ ! -e ${top}/added ]; then\n` +
        `  (unset GIT_INDEX_FILE; ${meanwhile})\nfi\nexec ${real} "$@"\n`,
    );
    chmodSync(join(programs, 'git'), 0o755);

    await commit(planFor(parent, { 'a.txt': '2' }), {
      environment: { ...environment, PATH: `${programs}:${environment.PATH}` },
    });

    expect(existsSync(join(top, 'added'))).toBe(true);
    expect(git('status', '--porcelain')).toBe('M  b.txt');
  });

  it('refuses to commit to a branch that is not checked out any more, or in the middle of a merge', async () => {
    const parent = userCommits({ 'a.txt': '1' });
    const plan = planFor(parent, { 'a.txt': '2' });
    writeFileSync(join(root, '.git/MERGE_HEAD'), parent);
    await expect(commit(plan)).rejects.toThrow('a merge is in progress');
    rmSync(join(root, '.git/MERGE_HEAD'));
    git('checkout', '-q', '-b', 'side');

    await expect(commit(plan)).rejects.toThrow(
      'the branch main is not checked out any more; run: git switch main',
    );
    expect(git('rev-parse', 'main')).toBe(parent);
  });

  it('refuses where there is no repository, and reports a git that fails', async () => {
    const plan = planFor(userCommits({ 'a.txt': '1' }), { 'a.txt': '2' });
    const nobody = { ...plan, author: { name: '', email: '' } };

    await expect(commit(nobody)).rejects.toMatchObject({
      code: 'JARVIS_GIT_COMMAND',
      command: 'commit-tree',
    });
    rmSync(join(root, '.git'), { recursive: true });
    await expect(commit(plan)).rejects.toThrow('the folder is not the top of a repository');
    git('init', '-q', '--bare');
    await expect(commit(plan)).rejects.toThrow('the repository is bare');
  });
});
