import { JarvisError, type RunStatus } from '@jarvis/core';

/** The run is over, and is not gone on with as it was asked for. Nothing was changed. */
export class RunOverError extends JarvisError<'JARVIS_RUN_OVER'> {
  readonly code = 'JARVIS_RUN_OVER';
  readonly runId: string;
  readonly status: RunStatus;

  constructor({ runId, status, next }: { runId: string; status: RunStatus; next: string }) {
    super(`Run ${runId} is over (${status}). ${next}`);
    this.runId = runId;
    this.status = status;
  }
}

/** What a person said about a run holds the key of the model server. Nothing was recorded. */
export class UnsafeWordsError extends JarvisError<'JARVIS_WORDS_UNSAFE'> {
  readonly code = 'JARVIS_WORDS_UNSAFE';

  constructor() {
    super('The name or the reason holds the key of the model server; leave it out. Nothing was recorded.');
  }
}
