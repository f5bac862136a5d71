import { JarvisError } from '../errors/jarvis-error.ts';
import { showValue } from '../errors/show-value.ts';

/** The project folder cannot be worked in. */
export class WorkspaceUnusableError extends JarvisError<'JARVIS_WORKSPACE_UNUSABLE'> {
  readonly code = 'JARVIS_WORKSPACE_UNUSABLE';
  readonly path: string;

  constructor({ path, problem, cause }: { path: string; problem: string; cause?: unknown }) {
    super(`The folder ${path} cannot be used: ${problem}. Choose another one with --workspace <folder>.`, {
      cause,
    });
    this.path = path;
  }
}

/** A path that would leave the project folder, or reach something other than a plain file in it. */
export class PathEscapeError extends JarvisError<'JARVIS_WORKSPACE_PATH_ESCAPE'> {
  readonly code = 'JARVIS_WORKSPACE_PATH_ESCAPE';
  readonly path: string;

  constructor({ path, problem }: { path: string; problem: string }) {
    super(`The path ${showValue(path)} is refused: ${problem}. Nothing was written.`);
    this.path = path;
  }
}

/** Someone changed a file between the decision to write it and the writing. */
export class WorkspaceConflictError extends JarvisError<'JARVIS_WORKSPACE_CONFLICT'> {
  readonly code = 'JARVIS_WORKSPACE_CONFLICT';
  readonly paths: readonly string[];
  /** What was changed and what the run wanted to write, as unified diffs; safe to show on a terminal. */
  readonly diff: string | undefined;

  constructor({ paths, diff }: { paths: readonly string[]; diff?: string | undefined }) {
    super(
      `Changed by someone else during the run: ${paths.join(', ')}. Nothing of this answer was written over it. ` +
        'Put the file back, or keep your change, and resume the run; a change that is kept is shown to the employee.' +
        (diff === undefined ? '' : `\n${diff}`),
    );
    this.paths = paths;
    this.diff = diff;
  }
}
