import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CommitPlan, type CrashPlace, GitHookFailedError, sha256 } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type GitRepositoryOptions, openGitRepository } from './simple-git-repository.ts';

// Git starts dozens of processes a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let top: string;
let root: string;
let log: string;
let environment: { PATH: string; HOME: string };
let plan: CommitPlan;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-hooks-')));
  root = join(top, 'project');
  log = join(top, 'log');
  environment = { PATH: process.env.PATH ?? '', HOME: join(top, 'home') };
  mkdirSync(root);
  mkdirSync(environment.HOME);
  writeFileSync(join(environment.HOME, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  git('init', '-q', '-b', 'main');
  writeFileSync(join(root, 'a.txt'), 'old\n');
  writeFileSync(join(root, 'mine.txt'), 'mine\n');
  git('add', '--all');
  git('commit', '-q', '-m', 'by the user');
  writeFileSync(join(root, 'a.txt'), 'new\n');
  writeFileSync(join(root, 'mine.txt'), 'staged\n');
  git('add', 'mine.txt');
  plan = {
    branch: 'refs/heads/main',
    parent: git('rev-parse', 'HEAD'),
    subject: 'Build the page',
    trailers: { 'Jarvis-Run': 'r1', 'Jarvis-Step': 's7' },
    author: { name: 'Jo', email: 'jo@example.org' },
    atSeconds: 1_700_000_000,
    files: [{ path: 'a.txt', hash: sha256('new\n') }],
    runsHooks: true,
  };
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  const options = { env: environment, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', ['-C', root, ...args], options).trimEnd();
}

function hook(name: string, script: string, folder = join(root, '.git/hooks')): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function commit(options: Partial<GitRepositoryOptions> = {}, signal?: AbortSignal): Promise<string> {
  const repository = openGitRepository({ root, environment, runsHooks: true, ...options });
  return repository.commit(plan, async () => 'new\n', signal);
}

/** A commit whose hook is at work, with what it has started, as soon as both have said so. */
async function commitUntil(stop: AbortController): Promise<{ ended: Promise<unknown>; pids: string[] }> {
  const ended = commit({}, stop.signal).then(
    (id) => id,
    (reason: unknown) => reason,
  );
  await vi.waitFor(() => {
    expect(logged()).toHaveLength(2);
  }, 20_000);
  return { ended, pids: logged() };
}

/** A hook that says who it and what it has started are, and then hangs. */
function hangingHook(name: string, before = ''): void {
  hook(name, `${before}sleep 600 & echo $$ >> ${log}; echo $! >> ${log}; wait; sleep 600`);
}

async function failureOf(committing: Promise<string>): Promise<GitHookFailedError> {
  const error: unknown = await committing.then(
    () => new Error('it was committed'),
    (reason: unknown) => reason,
  );
  if (error instanceof GitHookFailedError) return error;
  throw error;
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

function stateOf(pid: string): string {
  const { stdout } = spawnSync('ps', ['-o', 'state=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim();
}

const logged = () => readFileSync(log, 'utf8').trim().split('\n');
const preCommit = () => join(root, '.git/hooks/pre-commit');
const HOOKS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

describe('commit with hooks', () => {
  it("F44: runs the user's hooks in the order of git, also from a folder of their own", async () => {
    for (const name of HOOKS) hook(name, `echo "${name} $# $PWD" >> ${log}`, join(root, 'own-hooks'));
    git('config', 'core.hooksPath', 'own-hooks');

    const id = await commit();

    expect(logged()).toEqual([
      `pre-commit 0 ${root}`,
      `prepare-commit-msg 2 ${root}`,
      `commit-msg 1 ${root}`,
      `post-commit 0 ${root}`,
    ]);
    expect(git('rev-parse', 'main')).toBe(id);
    expect(git('log', '-1', '--format=%s')).toBe('Build the page');
  });

  it('F44: shows them the index of this commit alone, and nothing of the environment of the process', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-test-0123456789abcdefghij');
    hook(
      'pre-commit',
      `git diff --cached --name-only >> ${log}; git show :a.txt >> ${log}; env > ${log}.env`,
    );

    await commit();

    const variables = readFileSync(`${log}.env`, 'utf8');
    expect(logged()).toEqual(['a.txt', 'new']);
    expect(variables).not.toContain('sk-test');
    expect(variables).toMatch(/^GIT_INDEX_FILE=.*\/\.git\/jarvis\/commit-index$/mu);
    expect(variables).toContain('GIT_AUTHOR_NAME=Jo');
    expect(variables).not.toContain('GIT_OBJECT_DIRECTORY');
    expect(git('status', '--porcelain')).toBe('M  mine.txt');
  });

  it('F44: commits nothing when one fails, tells what it wrote, and asks it again the next time', async () => {
    const output = String.raw`printf 'x%.0s' $(seq 9000); printf '\033[31mred\007\nno semicolon\n' >&2`;
    hook('pre-commit', `${output}; test -e ${top}/mended`);

    const failure = await failureOf(commit());
    const untouched = git('rev-parse', 'main');
    writeFileSync(join(top, 'mended'), '');
    const id = await commit();

    expect(failure).toMatchObject({ hook: 'pre-commit', isCommitted: false });
    expect(failure.message).toContain(
      'The git hook pre-commit failed with exit code 1. Nothing was committed.',
    );
    expect(failure.output).toContain(String.raw`red\u{7}`);
    expect(failure.output).toMatch(/no semicolon$/u);
    expect(failure.output).not.toContain('\u001b');
    expect(failure.output.length).toBeLessThanOrEqual(4_200);
    expect(untouched).toBe(plan.parent);
    expect(git('rev-list', 'main').split('\n')).toEqual([id, plan.parent]);
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('F44: ends one that hangs at the deadline, with what it has started', async () => {
    hook('pre-commit', `(sleep 600; echo late >> ${log}) & echo $! > ${top}/child; echo working; wait`);

    const failure = await failureOf(commit({ hookDeadlineMs: 1_500 }));

    const child = readFileSync(join(top, 'child'), 'utf8').trim();
    expect(failure.problem).toBe('had not ended after 2 s and was stopped');
    expect(failure.output).toBe('working');
    // What nobody has waited for yet is still listed, as what it is.
    await vi.waitFor(() => {
      expect(stateOf(child)).toMatch(/^Z?$/u);
    });
    expect(git('rev-parse', 'main')).toBe(plan.parent);
  });

  it('F44: takes the message a hook has edited', async () => {
    hook('commit-msg', 'sed -i "1s/.*/page: build it  /" "$1"; echo "Signed-off-by: Ada" >> "$1"');

    const id = await commit();

    expect(git('log', '-1', '--format=%s', id)).toBe('page: build it');
    expect(git('log', '-1', '--format=%(trailers:only,unfold)', id).trim().split('\n')).toEqual([
      'Jarvis-Run: r1',
      'Jarvis-Step: s7',
      'Signed-off-by: Ada',
    ]);
  });

  it.each([
    ['prepare-commit-msg', 'echo mine > "$1"', 'Jarvis-Run: r1\nJarvis-Step: s7'],
    ['commit-msg', 'sed -i "/Jarvis-Step/d" "$1"', 'Jarvis-Step: s7'],
    ['commit-msg', ': > "$1"', 'Jarvis-Run: r1\nJarvis-Step: s7'],
  ])('F44: refuses a message whose trailers a %s hook took out: %s', async (name, script, output) => {
    hook(name, script);

    const failure = await failureOf(commit());

    expect(failure).toMatchObject({ hook: name, output });
    expect(git('rev-parse', 'main')).toBe(plan.parent);
  });

  it.each([
    ['stages something else', 'echo more > b.txt; git add b.txt', 'b.txt'],
    ['stages what it mended', 'echo mended > a.txt; git add a.txt', 'a.txt'],
    ['changes a file of the commit and stages nothing', 'echo mended > a.txt', 'a.txt'],
    ['deletes a file of the commit', 'rm a.txt', 'a.txt'],
  ])('F44: stops at a hook that %s', async (_, script, path) => {
    hook('pre-commit', script);

    const failure = await failureOf(commit());

    expect(failure).toMatchObject({ problem: 'changed what was to be committed', output: path });
    expect(git('rev-parse', 'main')).toBe(plan.parent);
    expect(git('diff', '--cached', '--name-only')).toBe('mine.txt');
  });

  it.each([
    ['fails', 'echo not told; exit 3', 'failed with exit code 3'],
    ['hangs', 'echo not told; sleep 600', 'had not ended after 2 s and was stopped'],
  ])('F44: keeps the commit when post-commit %s, says so once, and goes on', async (_, script, problem) => {
    hook('post-commit', `echo post >> ${log}; ${script}`);

    const failure = await failureOf(commit({ hookDeadlineMs: 2_000 }));
    const id = await commit();

    expect(failure).toMatchObject({ hook: 'post-commit', isCommitted: true, problem, output: 'not told' });
    expect(failure.message).toContain('The commit is made and stays.');
    expect(git('rev-list', 'main').split('\n')).toEqual([id, plan.parent]);
    expect(logged()).toEqual(['post']);
    expect(git('status', '--porcelain')).toBe('M  mine.txt');
  });

  it.each<[CrashPlace, readonly string[]]>([
    ['commit.object-built', ['pre-commit', 'commit-msg', 'pre-commit', 'commit-msg', 'post-commit']],
    ['commit.ref-moved', ['pre-commit', 'commit-msg']],
    ['commit.index-advanced', ['pre-commit', 'commit-msg']],
  ])('F44: gives one commit when the process is killed at %s', async (place, runs) => {
    for (const name of ['pre-commit', 'post-commit']) hook(name, `echo ${name} >> ${log}`);
    hook('commit-msg', `echo commit-msg >> ${log}; sed -i "1s/$/ [$(wc -l < ${log})]/" "$1"`);

    await expect(commit(dieAt(place))).rejects.toThrow(`killed at ${place}`);
    const id = await commit();

    expect(logged()).toEqual(runs);
    expect(git('rev-list', 'main').split('\n')).toEqual([id, plan.parent]);
    expect(git('status', '--porcelain')).toBe('M  mine.txt');
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
    expect(existsSync(join(root, '.git/jarvis'))).toBe(false);
  });

  it('F44: keeps what a hook has stashed', async () => {
    hook('pre-commit', 'git stash store "$(git stash create backup)"');

    await commit();

    expect(git('stash', 'list')).not.toBe('');
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('F44: leaves a plan that wants none without hooks, and tells which run', async () => {
    for (const name of ['pre-commit', 'reference-transaction']) hook(name, 'exit 1');
    plan = { ...plan, runsHooks: false };

    const id = await commit();
    const told = await openGitRepository({ root, environment, runsHooks: true }).describeConversions();

    expect(git('rev-parse', 'main')).toBe(id);
    expect(told).toEqual([
      'Hooks are run by commits made here (pre-commit).',
      'Hooks are not run by commits made here (reference-transaction).',
    ]);
  });

  it('F44: refuses before anything is paid when git cannot be asked to run hooks', async () => {
    const programs = join(top, 'programs');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(programs);
    const script = `case "$*" in *version*) echo git version 2.35.9;; *) exec ${real} "$@";; esac`;
    writeFileSync(join(programs, 'git'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, 'git'), 0o755);
    const old = { root, environment: { ...environment, PATH: `${programs}:${environment.PATH}` } };

    const state = await openGitRepository({ ...old, runsHooks: true }).inspect();

    expect(state).toMatchObject({ type: 'unusable' });
    expect(state.type === 'unusable' && state.problem).toContain('git before 2.36');
    await expect(openGitRepository(old).inspect()).resolves.toMatchObject({ type: 'ready' });
  });

  it.each(['pre-commit', 'prepare-commit-msg', 'commit-msg'])(
    'F44: ends a hanging %s hook with what it has started when the run is to stop, and commits nothing',
    async (name) => {
      const stop = new AbortController();
      hangingHook(name);

      const { ended, pids } = await commitUntil(stop);
      stop.abort(new Error('the run is to stop'));

      await expect(ended).resolves.toBe(stop.signal.reason);
      expect(pids.map(stateOf)).toEqual([expect.stringMatching(/^Z?$/u), expect.stringMatching(/^Z?$/u)]);
      expect(git('rev-parse', 'main')).toBe(plan.parent);
      expect(existsSync(join(root, '.git/jarvis'))).toBe(false);
    },
  );

  it('F44: makes a hook end that does not want to', async () => {
    const stop = new AbortController();
    hangingHook('pre-commit', "trap '' TERM; ");

    const { ended, pids } = await commitUntil(stop);
    stop.abort();

    await expect(ended).resolves.toBe(stop.signal.reason);
    expect(pids.map(stateOf)).toEqual([expect.stringMatching(/^Z?$/u), expect.stringMatching(/^Z?$/u)]);
  });

  it('F44: lets a hook that is to end put its own things in order', async () => {
    const stop = new AbortController();
    hangingHook('pre-commit', `trap 'echo tidied > ${top}/tidied; exit 1' TERM; `);

    const { ended } = await commitUntil(stop);
    stop.abort();
    await ended;

    expect(readFileSync(join(top, 'tidied'), 'utf8')).toBe('tidied\n');
  });

  it('F44: gives the commit that is made when a hanging post-commit hook is ended with the run', async () => {
    const stop = new AbortController();
    hangingHook('post-commit');

    const { ended, pids } = await commitUntil(stop);
    stop.abort();
    const id = await ended;
    const again = await commit();

    expect(again).toBe(id);
    expect(git('rev-list', 'main').split('\n')).toEqual([id, plan.parent]);
    expect(pids.map(stateOf)).toEqual([expect.stringMatching(/^Z?$/u), expect.stringMatching(/^Z?$/u)]);
    expect(git('status', '--porcelain')).toBe('M  mine.txt');
  });

  it('F44: starts no hook for a run that is to stop already', async () => {
    const stop = new AbortController();
    hook('pre-commit', `echo started >> ${log}`);
    stop.abort('enough');

    await expect(commit({}, stop.signal)).rejects.toBe('enough');

    expect(existsSync(log)).toBe(false);
    expect(git('rev-parse', 'main')).toBe(plan.parent);
  });

  it.each([
    [
      'nothing',
      '#!/no/such/program',
      'Install it, or correct that line; to see it: head -n 1 .git/hooks/pre-commit',
    ],
    [
      'a folder',
      '#!/',
      'it is not a program you may run. Look at it and at the program its first line names: ls -l',
    ],
  ])('F44: says what to type for a hook whose first line names %s', async (_, line, remedy) => {
    hook('pre-commit', '');
    writeFileSync(preCommit(), `${line}\n`);

    const failure = await failureOf(commit());

    expect(failure.message).toContain(`The git hook pre-commit could not be started: `);
    expect(failure.problem).toContain(remedy);
    expect(git('rev-parse', 'main')).toBe(plan.parent);
  });

  it('F44: says what to type for a hook that another program is writing', async () => {
    hook('pre-commit', '');
    copyFileSync(execFileSync('sh', ['-c', 'command -v sleep'], { encoding: 'utf8' }).trim(), preCommit());
    const writing = openSync(preCommit(), 'r+');

    const failure = await failureOf(commit()).finally(() => {
      closeSync(writing);
    });

    expect(failure.problem).toBe(
      'could not be started: another program is writing to it. To see which: fuser -v .git/hooks/pre-commit',
    );
  });

  it('F44: takes what a hook itself says of another program for what it is', async () => {
    hook('pre-commit', 'echo "fatal: cannot run nano: No such file or directory"; exit 128');

    const failure = await failureOf(commit());

    expect(failure.problem).toBe('failed with exit code 128');
  });

  it('F44: says which hook could not be run when git itself is not there any more', async () => {
    const programs = join(top, 'programs');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(programs);
    // The last thing asked of git before the first hook is to write the tree.
    const script = `case "$*" in *write-tree*) ${real} "$@"; /bin/rm ${programs}/git;; *) exec ${real} "$@";; esac`;
    writeFileSync(join(programs, 'git'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, 'git'), 0o755);

    const failure = await failureOf(commit({ environment: { ...environment, PATH: programs } }));

    expect(failure.message).toContain('The git hook pre-commit could not be started: git itself');
    expect(failure.problem).toContain('git --version');
  });

  it.each([
    ['is a file', 'mine.txt', 'ENOTDIR'],
    ['leads to itself', 'loop', 'ELOOP'],
  ])('F44: refuses before anything is paid when the folder of the hooks %s', async (_, path, code) => {
    symlinkSync('loop', join(root, 'loop'));
    git('config', 'core.hooksPath', path);

    const state = await openGitRepository({ root, environment, runsHooks: true }).inspect();
    const without = openGitRepository({ root, environment });

    expect(state).toMatchObject({ type: 'unusable' });
    expect(state.type === 'unusable' && state.problem).toContain(
      `${join(root, path)}, cannot be read (${code})`,
    );
    await expect(without.inspect()).resolves.toMatchObject({ type: 'ready' });
    await expect(without.describeConversions()).resolves.toEqual([
      `Hooks are not run by commits made here (core.hooksPath=${path}).`,
      expect.stringContaining('Which hooks there are is not known: '),
    ]);
  });

  it('F44: tells of hooks that git passes over without a word, where hooks are wanted', async () => {
    hook('pre-commit', 'exit 1');
    chmodSync(preCommit(), 0o644);
    symlinkSync('nowhere', join(root, '.git/hooks/commit-msg'));
    mkdirSync(join(root, '.git/hooks/post-commit'));

    const told = await openGitRepository({ root, environment, runsHooks: true }).describeConversions();
    const unwanted = await openGitRepository({ root, environment }).describeConversions();

    expect(told).toEqual([
      `Git passes over the hook pre-commit: it is not executable. To have it run, type: chmod +x ${preCommit()}`,
      expect.stringContaining('Git passes over the hook commit-msg: it cannot be looked at (ENOENT).'),
      expect.stringContaining('post-commit is not a file.'),
    ]);
    expect(unwanted).toEqual([]);
  });

  it('F44: tells of a folder of hooks that is not there', async () => {
    git('config', 'core.hooksPath', '.husky/_');

    const repository = openGitRepository({ root, environment, runsHooks: true });
    const told = await repository.describeConversions();

    expect(told.at(-1)).toContain(`Git finds no hooks in ${join(root, '.husky/_')}`);
    expect(told.at(-1)).toContain('git config --unset core.hooksPath');
    await expect(repository.inspect()).resolves.toMatchObject({ type: 'ready' });
  });

  it('F44: does not take a file that cannot be read for one that a hook has left alone', async () => {
    hook('pre-commit', 'rm a.txt; mkdir a.txt');
    rmSync(join(root, 'a.txt'));
    mkdirSync(join(root, 'a.txt'));

    await expect(commit()).rejects.toMatchObject({
      code: 'JARVIS_WORKSPACE_DISK',
      path: join(root, 'a.txt'),
      reason: 'EISDIR',
    });

    expect(git('rev-parse', 'main')).toBe(plan.parent);
  });
});
