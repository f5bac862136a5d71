import { GitHookFailedError } from '@jarvis/core';

import { type HookEnding, type HookOptions, type HookOutcome, runHookProcess } from './hook-process.ts';
import { shellWord } from './shell-word.ts';

/** What git runs at a commit, and commits made here when the user wants it, too. */
export type CommitHook = 'pre-commit' | 'prepare-commit-msg' | 'commit-msg' | 'post-commit';

/** Runs hooks of the user. */
export interface Hooks {
  /**
   * Runs what the user has for a hook, wherever git would find it; nothing when there is none.
   *
   * @throws {@link GitHookFailedError} when it fails, cannot be started, or has not ended by the deadline.
   * @throws the reason of the signal when that ended it; a post-commit hook then ends in silence.
   */
  run(hook: CommitHook, args: readonly string[], variables: Readonly<Record<string, string>>): Promise<void>;
}

/** Hooks know of the caller's environment what git itself knows here: the path and the home folder. */
export function createHooks(options: HookOptions): Hooks {
  return {
    run: async (hook, args, variables) => {
      const command = ['hook', 'run', '--ignore-missing', hook, '--', ...args];
      const outcome = await runHookProcess(options, command, variables);
      const { ending, output } = outcome;
      if (ending.type === 'exited' && ending.exitCode === 0) return;
      if (ending.type === 'stopped') {
        // By then the commit is made and has to be told of: who ends the run may end this hook with it.
        if (hook === 'post-commit') return;
        options.signal?.throwIfAborted();
      }
      const problem = describeBadStart(hook, outcome) ?? describeEnding(ending, options);
      throw new GitHookFailedError({ hook, problem, output, isCommitted: hook === 'post-commit' });
    },
  };
}

function describeEnding(ending: HookEnding, { deadlineMs }: HookOptions): string {
  switch (ending.type) {
    case 'exited':
      return `failed with exit code ${String(ending.exitCode)}`;
    case 'killed':
      return 'was ended by a signal';
    case 'late':
      return `had not ended after ${String(Math.round(deadlineMs / 1_000))} s and was stopped`;
    case 'stopped':
      return 'was stopped with the run';
    case 'not-started':
      return `could not be started: git itself cannot be run here (${ending.problem}). Look at: git --version`;
  }
}

/** What git alone says when the system refuses to start a file as a program. */
const BAD_START = /^fatal: cannot (?:exec|run) '?(?<path>.+?)'?: (?<why>[^:\n]+)$/u;

/** What to do about the reasons the system gives. */
const REMEDIES: Readonly<Record<string, (path: string) => string>> = {
  'No such file or directory': (path) =>
    `the program its first line names is not there. Install it, or correct that line; to see it: head -n 1 ${path}`,
  'Permission denied': (path) =>
    `it is not a program you may run. Look at it and at the program its first line names: ls -l ${path}`,
  'Text file busy': (path) => `another program is writing to it. To see which: fuser -v ${path}`,
  'Exec format error': (path) =>
    `it is not a program for this machine. A script begins with a line such as #!/bin/sh; to see it: head -n 1 ${path}`,
};

function describeBadStart(hook: CommitHook, { ending, output }: HookOutcome): string | undefined {
  if (ending.type !== 'exited') return undefined;
  const { path, why } = BAD_START.exec(output)?.groups ?? {};
  if (path?.endsWith(`/${hook}`) !== true || why === undefined) return undefined;
  const remedy =
    REMEDIES[why]?.(shellWord(path)) ?? `the system says: ${why}. Look at it: ls -l ${shellWord(path)}`;
  return `could not be started: ${remedy}`;
}
