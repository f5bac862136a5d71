import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { GitCommandError } from '@jarvis/core';

/** What of the caller's environment reaches git: where it is installed, and whose configuration it reads. */
export interface GitEnvironment {
  readonly PATH: string;
  readonly HOME: string;
}

export interface GitCommand {
  readonly args: readonly [string, ...string[]];
  /** What git reads from its standard input. */
  readonly input?: string;
  readonly variables?: Readonly<Partial<Record<GitVariable, string>>>;
}

export interface GitOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in one folder. */
export interface Git {
  /** The standard output; an exit code other than 0 is a {@link GitCommandError}. */
  run(command: GitCommand): Promise<string>;
  /** For commands whose exit code is an answer. */
  attempt(command: GitCommand): Promise<GitOutcome>;
  /** As `attempt`, in a process that outlives this one and its process group. */
  attemptDetached(command: Pick<GitCommand, 'args' | 'variables'>): Promise<GitOutcome>;
}

export interface GitOptions {
  readonly root: string;
  readonly environment: GitEnvironment;
  readonly deadlineMs: number;
  /** How long git itself waits for the lock of a branch. */
  readonly lockWaitMs: number;
  /** Variables for every git process, which set configuration. */
  readonly settings?: Readonly<Record<string, string>>;
}

const VARIABLES = [
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
] as const;

type GitVariable = (typeof VARIABLES)[number];

/** What a missing object may not start: the settings below name protocols one by one, and helpers have any name. */
const NO_FETCHING = {
  GIT_NO_LAZY_FETCH: '1',
  // A list of protocols with none in it; an empty value may be taken for an unset one.
  GIT_ALLOW_PROTOCOL: ':',
} as const;

const GLOBAL_OPTIONS = [
  '--no-pager',
  '--literal-pathspecs',
  '--no-replace-objects',
  '--no-optional-locks',
] as const;

// Nothing the repository configures may run a program, reach the network or change what a commit is made of.
const CONFIGURATION = [
  'core.hooksPath=/dev/null',
  // Newer gits also run hooks that the configuration holds; an event is switched off by its own name.
  'hook.reference-transaction.enabled=false',
  'hook.post-index-change.enabled=false',
  'core.fsmonitor=false',
  'core.splitIndex=false',
  // Each by its name: a repository's own setting for one of them would win over the general one.
  'protocol.allow=never',
  'protocol.ext.allow=never',
  'protocol.file.allow=never',
  'protocol.git.allow=never',
  'protocol.ssh.allow=never',
  'protocol.http.allow=never',
  'protocol.https.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  'i18n.commitEncoding=UTF-8',
] as const;

// The guards of simple-git also stop the settings above, which tighten what they protect.
const GUARDS = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeFilter: true,
} as const;

const MAX_STDERR = 2_000;

/** Runs git in a folder with nothing of the caller's environment but the path and the home folder. */
export function createGit(options: GitOptions): Git {
  const attempt = (command: GitCommand): Promise<GitOutcome> => callGit(options, command);
  return {
    attempt,
    attemptDetached: (command) => callDetachedGit(options, command),
    run: async (command) => {
      const outcome = await attempt(command);
      if (outcome.exitCode !== 0) throw toCommandError(command.args, outcome);
      return outcome.stdout;
    },
  };
}

/** The error for an outcome that leaves no way on; what git said is its cause. */
export function toCommandError(args: GitCommand['args'], outcome: GitOutcome): GitCommandError {
  const said = outcome.stderr.trim().slice(0, MAX_STDERR);
  const cause = new Error(`exit code ${String(outcome.exitCode)}${said === '' ? '' : `: ${said}`}`);
  return new GitCommandError({ command: args[0], cause });
}

async function callGit(options: GitOptions, { args, input, variables }: GitCommand): Promise<GitOutcome> {
  const { simpleGit } = await import('simple-git');
  let ending = { exitCode: 0, stderr: '' };
  try {
    const git = simpleGit({
      baseDir: options.root,
      config: configuration(options),
      unsafe: GUARDS,
      allowEnvironment: [...VARIABLES, ...Object.keys({ ...NO_FETCHING, ...options.settings })],
      abort: AbortSignal.timeout(options.deadlineMs),
      // The process may exit before all of its output has arrived.
      completion: { onClose: true, onExit: false },
      // Nothing at all would leave the input open, and a git that reads it waiting.
      input: () => (input === undefined || input.length === 0 ? Buffer.alloc(0) : input),
      errors: (error, { exitCode, stdErr }) => {
        ending = { exitCode, stderr: Buffer.concat(stdErr).toString() };
        // An exit code is for the caller to judge; a git that was ended at the deadline has none.
        return Number.isInteger(exitCode) ? undefined : error;
      },
    });
    const stdout = await git.env(environmentOf(options, variables)).raw([...GLOBAL_OPTIONS, ...args]);
    return { ...ending, stdout };
  } catch (error) {
    throw new GitCommandError({ command: args[0], cause: error });
  }
}

/**
 * simple-git starts git in the process group of the caller. When that group is killed while git moves a branch,
 * the locks of the branch and of HEAD stay behind, and nobody can tell whose they were. A git in a session of its
 * own is done a few milliseconds later instead.
 */
async function callDetachedGit(
  options: GitOptions,
  { args, variables }: Pick<GitCommand, 'args' | 'variables'>,
): Promise<GitOutcome> {
  const settings = configuration(options).flatMap((setting) => ['-c', setting]);
  try {
    const child = spawn('git', [...settings, ...GLOBAL_OPTIONS, ...args], {
      cwd: options.root,
      env: environmentOf(options, variables),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: options.deadlineMs,
    });
    const [stderr, exitCode] = await Promise.all([text(child.stderr), exitCodeOf(child)]);
    return { exitCode, stdout: '', stderr };
  } catch (error) {
    throw new GitCommandError({ command: args[0], cause: error });
  }
}

async function exitCodeOf(child: ChildProcess): Promise<number> {
  const ending: readonly unknown[] = await once(child, 'close');
  const [exitCode, signal] = ending;
  if (typeof exitCode !== 'number') throw new Error(`git was ended by ${String(signal)}`);
  return exitCode;
}

function configuration({ lockWaitMs }: GitOptions): string[] {
  const wait = String(lockWaitMs);
  return [...CONFIGURATION, `core.filesRefLockTimeout=${wait}`, `core.packedRefsTimeout=${wait}`];
}

function environmentOf(
  { environment, settings }: GitOptions,
  variables: GitCommand['variables'],
): Record<string, string> {
  const { PATH, HOME } = environment;
  return { PATH, HOME, LANG: 'C.UTF-8', ...NO_FETCHING, ...settings, ...variables };
}
