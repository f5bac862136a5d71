import { JarvisError } from '@jarvis/core';

/** Another git keeps a part of the repository locked, or one that died has left its lock behind. */
export class GitLockedError extends JarvisError<'JARVIS_GIT_LOCKED'> {
  readonly code = 'JARVIS_GIT_LOCKED';
  /** The lock file. */
  readonly file: string;
  readonly waitedMs: number;

  constructor({ file, waitedMs }: { file: string; waitedMs: number }) {
    super(
      `The repository was locked by ${file} for ${String(Math.round(waitedMs / 1_000))} s. ` +
        'If no git is working there any more, remove that file; then resume the run.',
      { retryable: true },
    );
    this.file = file;
    this.waitedMs = waitedMs;
  }
}
