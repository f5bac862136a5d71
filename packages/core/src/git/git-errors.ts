import { JarvisError } from '../errors/jarvis-error.ts';

/** The repository is in a state in which no commit can be made. Found before anything is paid. */
export class GitUnusableError extends JarvisError<'JARVIS_GIT_UNUSABLE'> {
  readonly code = 'JARVIS_GIT_UNUSABLE';

  constructor({ problem, cause }: { problem: string; cause?: unknown }) {
    super(`Git cannot be used here: ${problem}. Put it right, or run without commits: --git off`, { cause });
  }
}

/** The branch moved between the plan of a commit and the commit. */
export class GitConflictError extends JarvisError<'JARVIS_GIT_CONFLICT'> {
  readonly code = 'JARVIS_GIT_CONFLICT';
  readonly branch: string;

  constructor({ branch }: { branch: string }) {
    super(`The branch ${branch} moved while a commit was being made. Your commits are kept. Resume the run.`);
    this.branch = branch;
  }
}

/** A git command failed or took too long. */
export class GitCommandError extends JarvisError<'JARVIS_GIT_COMMAND'> {
  readonly code = 'JARVIS_GIT_COMMAND';
  readonly command: string;

  constructor({ command, cause }: { command: string; cause: unknown }) {
    super(`git ${command} failed. Look at the repository with: git status`, { cause });
    this.command = command;
  }
}

/** A hook of the user objected to a commit, cannot be started, did not end, or changed what was to be committed. */
export class GitHookFailedError extends JarvisError<'JARVIS_GIT_HOOK_FAILED'> {
  readonly code = 'JARVIS_GIT_HOOK_FAILED';
  readonly hook: string;
  readonly problem: string;
  /** What the hook wrote, or what it did it to; safe to show on a terminal. */
  readonly output: string;
  /** Whether the commit had been made by then. */
  readonly isCommitted: boolean;

  constructor({ hook, problem, output, isCommitted = false }: GitHookFailure) {
    const next = isCommitted
      ? 'The commit is made and stays. Resume the run.'
      : 'Nothing was committed. Put right what it found, or take the hook away, and resume the run: it is asked again.';
    super(`The git hook ${hook} ${problem}. ${next}${output === '' ? '' : `\n${output}`}`);
    this.hook = hook;
    this.problem = problem;
    this.output = output;
    this.isCommitted = isCommitted;
  }
}

interface GitHookFailure {
  readonly hook: string;
  readonly problem: string;
  readonly output: string;
  readonly isCommitted?: boolean;
}
