import { JarvisError } from '@jarvis/core';

/** The folder that was chosen for the runs cannot hold them. */
export class StateDirectoryRefusedError extends JarvisError<'JARVIS_STATE_DIRECTORY_REFUSED'> {
  readonly code = 'JARVIS_STATE_DIRECTORY_REFUSED';
  readonly path: string;
  /** Who chose it: `--state-dir`, `JARVIS_HOME`. */
  readonly origin: string;

  constructor({ path, origin, problem }: { path: string; origin: string; problem: string }) {
    super(
      `Runs cannot be kept in ${path} (from ${origin}): ${problem}. ` +
        'Choose a folder outside the project with --state-dir or JARVIS_HOME.',
    );
    this.path = path;
    this.origin = origin;
  }
}
