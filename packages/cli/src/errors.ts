import { JarvisError } from '@jarvis/core';

/** The command line cannot be understood. */
export class UsageError extends JarvisError<'JARVIS_CLI_USAGE'> {
  readonly code = 'JARVIS_CLI_USAGE';

  constructor({ problem, hint }: { problem: string; hint: string }) {
    super(`${problem} ${hint}`);
  }
}
