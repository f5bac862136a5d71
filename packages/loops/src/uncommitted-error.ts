import { JarvisError } from '@jarvis/core';

import type { Uncommitted } from './engine/uncommitted.ts';
import { describeUncommitted } from './view/describe-uncommitted.ts';

/** The project folder holds what no commit holds, and the user wants no run to start then. Nothing was paid. */
export class UncommittedFilesError extends JarvisError<'JARVIS_GIT_UNCOMMITTED'> {
  readonly code = 'JARVIS_GIT_UNCOMMITTED';
  readonly uncommitted: Uncommitted;

  constructor({ uncommitted }: { uncommitted: Uncommitted }) {
    super(
      `The run was not started: ${describeUncommitted(uncommitted) ?? 'there is nothing'}. Nothing was paid. ` +
        `${howToSolve(uncommitted)}, or run with: --uncommitted warn`,
    );
    this.uncommitted = uncommitted;
  }
}

function howToSolve({ type }: Uncommitted): string {
  switch (type) {
    case 'known':
      return 'Commit your changes or put them aside (git stash -u)';
    case 'none':
      return 'Make the folder a repository and commit what is in it';
    case 'unknown':
      return 'Put that right';
  }
}
