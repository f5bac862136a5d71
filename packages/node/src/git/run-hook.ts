import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { GitHookFailedError, type GitState } from '@jarvis/core';

import { escapeOutput } from '../checks/escape-output.ts';
import type { Git, GitEnvironment } from './git-call.ts';

/** What git runs at a commit, and commits made here when the user wants it, too. */
export type CommitHook = 'pre-commit' | 'prepare-commit-msg' | 'commit-msg' | 'post-commit';

/** Runs hooks of the user. */
export interface Hooks {
  /**
   * Runs what the user has for a hook, wherever git would find it; nothing when there is none.
   *
   * @throws {@link GitHookFailedError} when it fails, or has not ended by the deadline.
   */
  run(hook: CommitHook, args: readonly string[], variables: Readonly<Record<string, string>>): Promise<void>;
}

export interface HookOptions {
  readonly root: string;
  readonly environment: GitEnvironment;
  /** The most time one hook may take. */
  readonly deadlineMs: number;
}

const MAX_OUTPUT_BYTES = 4_096;

interface Ending {
  readonly exitCode: number | null;
  readonly output: string;
  readonly isLate: boolean;
}

/** Hooks know of the caller's environment what git itself knows here: the path and the home folder. */
export function createHooks(options: HookOptions): Hooks {
  return {
    run: async (hook, args, variables) => {
      const ending = await callHook(
        options,
        ['hook', 'run', '--ignore-missing', hook, '--', ...args],
        variables,
      );
      if (ending.exitCode === 0) return;
      const { output } = ending;
      const problem = describeEnding(ending, options);
      throw new GitHookFailedError({ hook, problem, output, isCommitted: hook === 'post-commit' });
    },
  };
}

/** The state of a repository in which hooks are to be run: unusable with a git that cannot be asked to. */
export async function requireHooks(git: Git, state: GitState): Promise<GitState> {
  const { stdout } = await git.attempt({ args: ['version'] });
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/u.exec(stdout) ?? [];
  const isOld = Number(major) < 2 || (Number(major) === 2 && Number(minor) < 36);
  return isOld ? { type: 'unusable', problem: TOO_OLD } : state;
}

const TOO_OLD = 'git before 2.36 cannot be asked to run hooks; install a newer one, or leave out --run-hooks';

function describeEnding({ exitCode, isLate }: Ending, { deadlineMs }: HookOptions): string {
  if (isLate) return `had not ended after ${String(Math.round(deadlineMs / 1_000))} s and was stopped`;
  return exitCode === null ? 'was ended by a signal' : `failed with exit code ${String(exitCode)}`;
}

async function callHook(
  { root, environment: { PATH, HOME }, deadlineMs }: HookOptions,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ending> {
  const child = spawn('git', args, {
    cwd: root,
    // Without an editor, as git itself says to hooks when none is opened.
    env: { PATH, HOME, LANG: 'C.UTF-8', GIT_EDITOR: ':', ...variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect([child.stdout, child.stderr]);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endGroup(child.pid);
    // What has left the group may hold them open for ever.
    child.stdout.destroy();
    child.stderr.destroy();
  }, deadlineMs);
  try {
    const ending: readonly unknown[] = await once(child, 'close');
    return { exitCode: typeof ending[0] === 'number' ? ending[0] : null, output: output(), isLate };
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps the end of what is written: it says why. */
function collect(streams: readonly Readable[]): () => string {
  let bytes = Buffer.alloc(0);
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]).subarray(-MAX_OUTPUT_BYTES);
    });
  }
  return () => escapeOutput(bytes);
}

/** A hook is a process of git, and may have started others. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended just now.
  }
}
