import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  type GitRepositoryOptions,
  type NodeGitRepository,
  openGitRepository,
} from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let top: string;
let root: string;
let environment: { PATH: string; HOME: string };

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-git-')));
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
  return execFileSync('git', ['-C', root, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function open(options: Partial<GitRepositoryOptions> = {}): NodeGitRepository {
  return openGitRepository({ root, environment, ...options });
}

function commitFile(path: string, content: string): string {
  writeFileSync(join(root, path), content);
  git('add', path);
  git('commit', '-q', '-m', path);
  return git('rev-parse', 'HEAD');
}

/** A repository with a branch `main` and one commit. */
function begin(...options: readonly string[]): string {
  git('init', '-q', '-b', 'main', ...options);
  return commitFile('a.txt', 'a\n');
}

describe('inspect', () => {
  it('is ready on a branch, with its commit', async () => {
    const head = begin();

    await expect(open().inspect()).resolves.toEqual({ type: 'ready', branch: 'refs/heads/main', head });
  });

  it('is ready on a branch without commits', async () => {
    git('init', '-q', '-b', 'feature/first');

    await expect(open().inspect()).resolves.toEqual({ type: 'ready', branch: 'refs/heads/feature/first' });
  });

  it('is ready in a linked worktree, a shallow clone, and one with SHA-256', async () => {
    begin('--object-format=sha256');
    const linked = join(top, 'linked');
    git('worktree', 'add', '-q', '-b', 'side', linked);
    const shallow = join(top, 'shallow');
    git('clone', '-q', '--depth=1', `file://${root}`, shallow);

    await expect(open().inspect()).resolves.toMatchObject({ type: 'ready', head: git('rev-parse', 'HEAD') });
    await expect(open({ root: linked }).inspect()).resolves.toMatchObject({ branch: 'refs/heads/side' });
    await expect(open({ root: shallow }).inspect()).resolves.toMatchObject({ branch: 'refs/heads/main' });
  });

  it('finds no repository in a plain folder, and none in a folder of another project', async () => {
    await expect(open().inspect()).resolves.toEqual({ type: 'none' });

    begin();
    mkdirSync(join(root, 'inner'));

    await expect(open({ root: join(root, 'inner') }).inspect()).resolves.toEqual({
      type: 'none',
      obstacle: 'the folder lies in the repository of another project',
    });
  });

  it('ignores the repository the environment of this process points to', async () => {
    begin();
    const before = process.env.GIT_DIR;
    process.env.GIT_DIR = join(root, '.git');

    const state = await open({ root: environment.HOME }).inspect();
    if (before === undefined) delete process.env.GIT_DIR;
    else process.env.GIT_DIR = before;

    expect(state).toEqual({ type: 'none' });
  });

  async function problemOf(options: Partial<GitRepositoryOptions> = {}): Promise<string> {
    const state = await open({ lockWaitMs: 0, ...options }).inspect();
    if (state.type === 'none') return state.obstacle ?? state.type;
    return state.type === 'unusable' ? state.problem : state.type;
  }

  it('F45 has a sentence for each state in which no commit can be made', async () => {
    const head = begin();
    const bare = join(top, 'bare');
    git('clone', '-q', '--bare', root, bare);
    const broken = join(top, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, '.git'), 'gitdir: /nowhere\n');

    await expect(problemOf({ root: bare })).resolves.toBe(
      'the repository is bare: it has no files to work on',
    );
    await expect(problemOf({ root: join(root, '.git/objects') })).resolves.toBe(
      'the folder lies in the git directory of a repository',
    );
    await expect(problemOf({ root: broken })).resolves.toBe('git says: not a git repository: /nowhere');

    git('checkout', '-q', '--detach');
    await expect(problemOf()).resolves.toContain('HEAD is detached');
    git('checkout', '-q', 'main');

    for (const [file, operation] of [
      ['MERGE_HEAD', 'a merge is in progress'],
      ['CHERRY_PICK_HEAD', 'a cherry-pick is in progress'],
      ['REVERT_HEAD', 'a revert is in progress'],
      ['rebase-merge', 'a rebase is in progress'],
    ] as const) {
      writeFileSync(join(root, '.git', file), head);
      await expect(problemOf()).resolves.toBe(`${operation}; finish or abort it`);
      rmSync(join(root, '.git', file));
    }

    git('config', 'core.repositoryformatversion', '99');
    await expect(problemOf()).resolves.toBe('git says: Expected git repo version <= 1, found 99');
  });

  it('F45 has a sentence for what real commands leave: a rebase, a cherry-pick, a bisection, a submodule', async () => {
    begin();
    git('checkout', '-q', '-b', 'side');
    const theirs = commitFile('a.txt', 'side\n');
    git('checkout', '-q', 'main');
    commitFile('a.txt', 'main\n');

    expect(() => git('rebase', 'side')).toThrow();
    await expect(problemOf()).resolves.toBe('a rebase is in progress; finish or abort it');
    git('rebase', '--abort');

    expect(() => git('cherry-pick', theirs)).toThrow();
    await expect(problemOf()).resolves.toBe('a cherry-pick is in progress; finish or abort it');
    git('cherry-pick', '--abort');

    git('bisect', 'start');
    await expect(problemOf()).resolves.toBe('a bisection is in progress; finish or abort it');
    git('bisect', 'reset');

    const inner = join(top, 'inner');
    git('clone', '-q', root, inner);
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'vendor/inner');
    git('-C', 'vendor/inner', 'checkout', '-q', '--detach');
    await expect(problemOf({ root: join(root, 'vendor/inner') })).resolves.toContain('HEAD is detached');
    await expect(problemOf()).resolves.toBe('ready');
  });

  it('sees a real merge that was begun', async () => {
    begin();
    git('checkout', '-q', '-b', 'side');
    commitFile('a.txt', 'side\n');
    git('checkout', '-q', 'main');
    commitFile('a.txt', 'main\n');
    expect(() => git('merge', 'side')).toThrow();

    await expect(problemOf()).resolves.toContain('a merge is in progress');
  });

  it('F43 names the lock of another git and leaves it alone', async () => {
    begin();
    const lock = join(root, '.git/index.lock');
    writeFileSync(lock, '');

    await expect(problemOf({ lockWaitMs: 60 })).resolves.toBe(
      `it is locked by ${lock}; if no git is working there any more, remove that file`,
    );
    expect(existsSync(lock)).toBe(true);
  });

  it('F43 is ready under a lock of JARVIS, and leaves that and the files of a commit alone', async () => {
    const head = begin();
    const own = join(root, '.git/jarvis');
    mkdirSync(own);
    writeFileSync(join(own, 'commit-index'), 'being built');
    writeFileSync(join(own, 'next-index'), 'prepared');
    linkSync(join(own, 'next-index'), join(root, '.git/index.lock'));

    const state = await open({ lockWaitMs: 0 }).inspect();

    expect(state).toEqual({ type: 'ready', branch: 'refs/heads/main', head });
    expect(readdirSync(own)).toEqual(['commit-index', 'next-index']);
    expect(existsSync(join(root, '.git/index.lock'))).toBe(true);
  });

  it.skipIf(process.getuid?.() !== 0)('F45 tells how to trust a folder of another user', async () => {
    begin();
    execFileSync('chown', ['-R', '4321', root]);

    await expect(problemOf()).resolves.toContain(`git config --global --add safe.directory ${root}`);
  });

  it('F45 says so when git is missing or too old', async () => {
    const programs = join(top, 'programs');
    mkdirSync(programs);

    await expect(problemOf({ environment: { ...environment, PATH: programs } })).resolves.toContain(
      'there is no git',
    );

    writeFileSync(join(programs, 'git'), '#!/bin/sh\necho git version 2.17.1\n');
    chmodSync(join(programs, 'git'), 0o755);
    await expect(problemOf({ environment: { ...environment, PATH: programs } })).resolves.toBe(
      'git 2.17 is too old; install git 2.20 or newer',
    );
  });

  it('ends a git that takes too long', async () => {
    const programs = join(top, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'git'), '#!/bin/sh\nexec sleep 60\n');
    chmodSync(join(programs, 'git'), 0o755);
    const slow = {
      environment: { ...environment, PATH: `${programs}:${environment.PATH}` },
      deadlineMs: 100,
    };

    await expect(open(slow).inspect()).rejects.toMatchObject({
      code: 'JARVIS_GIT_COMMAND',
      command: '--version',
    });
  });
});

describe('initialise', () => {
  it('makes a repository with the branch main, whatever the user has configured, once', async () => {
    execFileSync('git', ['config', '--global', 'init.defaultBranch', 'trunk'], { env: environment });
    const repository = open();

    await repository.initialise();
    await repository.initialise();

    await expect(repository.inspect()).resolves.toEqual({ type: 'ready', branch: 'refs/heads/main' });
  });

  it('never makes one inside the repository of another project', async () => {
    begin();
    const inner = join(root, 'inner');
    mkdirSync(inner);

    const initialising = open({ root: inner }).initialise();

    await expect(initialising).rejects.toMatchObject({ code: 'JARVIS_GIT_UNUSABLE' });
    expect(existsSync(join(inner, '.git'))).toBe(false);
  });

  it('leaves an unusable repository as it is', async () => {
    git('init', '-q', '--bare');

    await expect(open().initialise()).rejects.toThrow('the repository is bare');
  });
});

describe('author', () => {
  it('is who the configuration of the repository, or else of the user, says', async () => {
    await expect(open().author()).resolves.toEqual({ name: 'Ada', email: 'ada@example.org' });

    begin();
    git('config', 'user.name', 'Ada of the project');

    await expect(open().author()).resolves.toEqual({ name: 'Ada of the project', email: 'ada@example.org' });
  });

  it('F45 is unknown without a name or an address', async () => {
    writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n');

    await expect(open().author()).resolves.toBeUndefined();
  });
});

describe('describeConversions', () => {
  it('has nothing to say about an ordinary repository', async () => {
    begin();
    commitFile('.gitattributes', '* text=auto\n');

    await expect(open().describeConversions()).resolves.toEqual([]);
  });

  it('F45 tells what happens to filtered files and to line endings', async () => {
    begin();
    git('config', 'core.autocrlf', 'input');
    commitFile('.gitattributes', '*.png filter=lfs -text\n*.bat text eol=crlf\n');
    writeFileSync(join(root, 'b.png'), 'png');
    git('-c', 'filter.lfs.clean=cat', 'add', 'b.png');
    commitFile('run.bat', 'rem\r\n');

    await expect(open().describeConversions()).resolves.toEqual([
      'Passed through a filter by git (such as b.png with filter=lfs; 1 in all): ' +
        'commits made here hold these files as they are on disk.',
      'Converted by git in line endings or encoding (such as run.bat with text=set; 1 in all): ' +
        'commits made here hold these files as they are on disk.',
      'core.autocrlf is input: commits made here keep the line endings that are on disk.',
    ]);
  });

  it('F45 tells what would happen to new files where no file is tracked yet', async () => {
    git('init', '-q', '-b', 'main');
    git('config', 'core.autocrlf', 'true');
    writeFileSync(join(root, '.gitattributes'), '# large\n*.png filter=lfs -text\n../x text\n');
    writeFileSync(join(root, '.git/info/attributes'), '/docs/*.txt text eol=lf\n');
    mkdirSync(join(environment.HOME, '.config/git'), { recursive: true });
    writeFileSync(join(environment.HOME, '.config/git/attributes'), '*.bat eol=crlf\n');

    await expect(open().describeConversions()).resolves.toEqual([
      'Passed through a filter by git (such as *.png with filter=lfs; 1 in all): ' +
        'commits made here hold these files as they are on disk.',
      'Converted by git in line endings or encoding (such as docs/*.txt with text=set; 2 in all): ' +
        'commits made here hold these files as they are on disk.',
      'core.autocrlf is true: commits made here keep the line endings that are on disk.',
    ]);
  });

  it('F45 does not wait for anything in a repository without files', async () => {
    git('init', '-q', '-b', 'main');
    execFileSync('mkfifo', [join(root, '.git/info/attributes.pipe')]);
    git('config', 'core.attributesFile', join(root, '.git/info/attributes.pipe'));

    await expect(open({ deadlineMs: 5_000 }).describeConversions()).resolves.toEqual([]);
  });

  function addHook(path: string, mode = 0o755): void {
    writeFileSync(path, '#!/bin/sh\nexit 1\n');
    chmodSync(path, mode);
  }

  it('F44 tells that the hooks of a commit are not run, in a linked worktree, too', async () => {
    begin();
    const linked = join(top, 'linked');
    git('worktree', 'add', '-q', '-b', 'side', linked);
    addHook(join(root, '.git/hooks/pre-commit'));
    addHook(join(root, '.git/hooks/post-commit'));
    const sentence = 'Hooks are not run by commits made here (pre-commit, post-commit).';

    await expect(open().describeConversions()).resolves.toEqual([sentence]);
    await expect(open({ root: linked }).describeConversions()).resolves.toEqual([sentence]);
  });

  it('F44 has nothing to tell of hooks that git would not run at a commit either', async () => {
    begin();
    addHook(join(root, '.git/hooks/pre-commit'), 0o644);
    addHook(join(root, '.git/hooks/pre-push'));
    mkdirSync(join(root, '.git/hooks/commit-msg'));

    await expect(open().describeConversions()).resolves.toEqual([]);

    addHook(join(root, '.git/hooks/post-commit'));
    git('config', 'core.hooksPath', '/dev/null');

    await expect(open().describeConversions()).resolves.toEqual([]);
  });

  it('F44 tells where hooks are that the configuration names', async () => {
    begin();
    mkdirSync(join(root, '.husky'));
    addHook(join(root, '.husky/commit-msg'));
    git('config', 'core.hooksPath', '.husky');
    git('config', 'hook.linter.event', 'pre-commit');

    await expect(open().describeConversions()).resolves.toEqual([
      'Hooks are not run by commits made here (core.hooksPath=.husky, commit-msg, hook.linter).',
    ]);
  });
});
