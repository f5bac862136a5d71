import { JarvisError } from '@jarvis/core';

/** Whether a file holds secrets could not be found out, so it may not be written. */
export class SecretScanError extends JarvisError<'JARVIS_SECRET_SCAN'> {
  readonly code = 'JARVIS_SECRET_SCAN';
  readonly path: string;

  constructor({ path, problem }: { path: string; problem: string }) {
    super(
      `${path} could not be searched for secrets: ${problem}. Nothing was written or committed. ` +
        'Ask for a smaller or simpler file, then resume the run.',
    );
    this.path = path;
  }
}
