import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CommitPlan, sha256 } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let top: string;
/** The folder a run works in. */
let root: string;
/** A repository of somebody else, with one commit. */
let other: string;
let environment: { PATH: string; HOME: string };

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-place-')));
  root = join(top, 'project');
  other = join(top, 'other');
  environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(root);
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  begin(other);
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function git(folder: string, ...args: readonly string[]): string {
  const options = { env: environment, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', ['-C', folder, '-c', 'protocol.file.allow=always', ...args], options).trim();
}

/** A repository with a branch `main` and one commit. */
function begin(folder: string): string {
  git(top, 'init', '-q', '-b', 'main', folder);
  writeFileSync(join(folder, 'a.txt'), 'a\n');
  git(folder, 'add', 'a.txt');
  git(folder, 'commit', '-q', '-m', 'a');
  return git(folder, 'rev-parse', 'HEAD');
}

function commit(folder: string, branch = 'main', parent = git(folder, 'rev-parse', 'HEAD')): Promise<string> {
  writeFileSync(join(folder, 'new.txt'), 'new\n');
  const plan: CommitPlan = {
    branch: `refs/heads/${branch}`,
    parent,
    subject: 'Build the page',
    trailers: { 'Jarvis-Run': 'r1' },
    author: { name: 'Jo', email: 'jo@example.org' },
    atSeconds: 1_700_000_000,
    files: [{ path: 'new.txt', hash: sha256('new\n') }],
  };
  return openGitRepository({ root: folder, environment }).commit(plan, async () => 'new\n');
}

async function problemOf(folder: string): Promise<string> {
  const state = await openGitRepository({ root: folder, environment }).inspect();
  return state.type === 'unusable' ? state.problem : state.type;
}

/** Everything below a git directory that a commit or a clean-up could change. */
function snapshot(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name) + (entry.isFile() ? contentOf(entry) : ''))
    .sort()
    .join('\n');
}

function contentOf({ parentPath, name }: { parentPath: string; name: string }): string {
  return sha256(readFileSync(join(parentPath, name), 'latin1'));
}

describe('a repository that is the folder’s own', () => {
  it('is a linked worktree, to whose branch commits go', async () => {
    const linked = join(top, 'linked');
    git(other, 'worktree', 'add', '-q', '-b', 'side', linked);

    const id = await commit(linked, 'side');

    expect(git(other, 'rev-parse', 'side')).toBe(id);
    expect(git(linked, 'status', '--porcelain')).toBe('');
  });

  it('is a linked worktree whose pointers are relative', async () => {
    const linked = join(top, 'linked');
    git(other, 'worktree', 'add', '-q', '-b', 'side', linked);
    writeFileSync(join(linked, '.git'), 'gitdir: ../other/.git/worktrees/linked\n');
    writeFileSync(join(other, '.git/worktrees/linked/gitdir'), '../../../../linked/.git\n');

    await expect(problemOf(linked)).resolves.toBe('ready');
  });

  it('is a submodule with a branch checked out', async () => {
    begin(root);
    git(root, 'submodule', '--quiet', 'add', other, 'vendor/inner');
    const inner = join(root, 'vendor/inner');

    const id = await commit(inner);

    expect(git(inner, 'rev-parse', 'main')).toBe(id);
    expect(git(inner, 'status', '--porcelain')).toBe('');
  });

  it('is one that is kept elsewhere and names the folder as its working tree', async () => {
    git(root, 'init', '-q', '-b', 'main', `--separate-git-dir=${join(top, 'kept')}`);

    await expect(problemOf(root)).resolves.toContain(`run: git config core.worktree ${root}`);
    git(root, 'config', 'core.worktree', root);

    await expect(problemOf(root)).resolves.toBe('ready');
  });
});

describe('a repository that belongs to another folder', () => {
  async function expectRefusal(problem: string): Promise<void> {
    const parent = git(other, 'rev-parse', 'main');
    mkdirSync(join(other, '.git/jarvis'));
    writeFileSync(join(other, '.git/jarvis/commit-index'), 'of a run there');
    const before = snapshot(other);

    await expect(problemOf(root)).resolves.toContain(problem);
    await expect(commit(root, 'main', parent)).rejects.toMatchObject({ code: 'JARVIS_GIT_UNUSABLE' });
    // Where there is a repository already there is nothing to make; where there may be none, making one is refused.
    await openGitRepository({ root, environment })
      .initialise()
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'JARVIS_GIT_UNUSABLE' }));
    expect(snapshot(other)).toBe(before);
  }

  it('F45 is not committed to through a .git file, and nothing in it is cleaned up', async () => {
    writeFileSync(join(root, '.git'), `gitdir: ${other}/.git\n`);

    await expectRefusal(
      `.git leads to ${other}/.git, which does not name this folder as its own: ` +
        'commits would land in another project. Remove .git and run: git init',
    );
  });

  it('is not committed to through the place of its linked worktree', async () => {
    git(other, 'worktree', 'add', '-q', '-b', 'side', join(top, 'linked'));
    writeFileSync(join(root, '.git'), `gitdir: ${other}/.git/worktrees/linked\n`);

    await expectRefusal('If a worktree was moved here, run: git worktree repair');
  });

  it('is not committed to through the git directory of its submodule', async () => {
    const inner = join(top, 'inner');
    begin(inner);
    git(other, 'submodule', '--quiet', 'add', inner, 'inner');
    writeFileSync(join(root, '.git'), `gitdir: ${other}/.git/modules/inner\n`);

    await expectRefusal('commits would land in another project');
  });

  it('is not committed to through a worktree that is made up in the folder', async () => {
    const made = join(root, 'store/worktrees/x');
    mkdirSync(made, { recursive: true });
    writeFileSync(join(made, 'gitdir'), `${root}/.git\n`);
    writeFileSync(join(made, 'commondir'), `${other}/.git\n`);
    writeFileSync(join(made, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(root, '.git'), `gitdir: ${made}\n`);

    await expectRefusal('commits would land in another project');
  });

  it('F45 is not committed to through a .git that is a symbolic link', async () => {
    symlinkSync(join(other, '.git'), join(root, '.git'));

    await expectRefusal(
      `.git is a symbolic link to ${other}/.git: commits would land there. ` +
        'Remove the link and run: git init',
    );
  });

  it('is not made through a symbolic link that leads nowhere', async () => {
    symlinkSync(join(top, 'nowhere'), join(root, '.git'));

    await expectRefusal('.git is a symbolic link');
    await expect(openGitRepository({ root, environment }).initialise()).rejects.toThrow('a symbolic link');
    expect(existsSync(join(top, 'nowhere'))).toBe(false);
  });

  it('is not committed to through a .git folder that shares its branches', async () => {
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git/commondir'), `${other}/.git\n`);
    writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n');

    await expectRefusal('commits would land in another project');
  });

  it.each(['refs', 'refs/heads', 'objects', 'logs'])(
    'is not committed to through a symbolic link at .git/%s',
    async (path) => {
      git(top, 'clone', '-q', other, root);
      rmSync(join(root, '.git', path), { recursive: true });
      symlinkSync(join(other, '.git', path), join(root, '.git', path));

      await expectRefusal(`${root}/.git/${path} is a symbolic link`);
    },
  );

  it('is not written to through a symbolic link on the way to a branch', async () => {
    begin(root);
    git(root, 'checkout', '-q', '-b', 'feature/first');
    renameSync(join(root, '.git/refs/heads/feature'), join(top, 'feature'));
    symlinkSync(join(top, 'feature'), join(root, '.git/refs/heads/feature'));
    const before = snapshot(join(top, 'feature'));

    await expect(problemOf(root)).resolves.toContain('refs/heads/feature is a symbolic link');
    await expect(commit(root, 'feature/first')).rejects.toThrow('refs/heads/feature is a symbolic link');
    expect(snapshot(join(top, 'feature'))).toBe(before);
  });

  it('is not committed to from a repository whose working tree is elsewhere', async () => {
    begin(root);
    git(root, 'config', 'core.worktree', other);

    await expect(problemOf(root)).resolves.toContain(`its core.worktree names ${other}`);
  });
});

describe('a partial clone', () => {
  it.each([
    ['ext', (witness: string) => `ext::sh -c touch% ${witness}`],
    ['helper', () => 'helper::anything'],
  ])('F44 runs no program of the %s protocol when objects are missing', async (protocol, urlFor) => {
    const witness = join(top, 'witness');
    const programs = join(top, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'git-remote-helper'), `#!/bin/sh\ntouch ${witness}\n`);
    chmodSync(join(programs, 'git-remote-helper'), 0o755);
    environment = { ...environment, PATH: `${programs}:${environment.PATH}` };
    const parent = begin(root);
    const tree = git(root, 'rev-parse', 'HEAD^{tree}');
    for (const [key, value] of [
      ['core.repositoryformatversion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', urlFor(witness)],
      [`protocol.${protocol}.allow`, 'always'],
    ] as const) {
      git(root, 'config', key, value);
    }
    rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));

    const repository = openGitRepository({ root, environment });
    await expect(repository.inspect()).resolves.toMatchObject({ type: 'ready', head: parent });
    await repository.describeConversions();
    await expect(commit(root, 'main', parent)).rejects.toMatchObject({ code: 'JARVIS_GIT_COMMAND' });

    expect(existsSync(witness)).toBe(false);
    // Without what keeps it from doing so, git does run the program here.
    expect(() => git(root, 'cat-file', '-p', tree)).toThrow();
    expect(existsSync(witness)).toBe(true);
  });
});
