import type { Clock, LlmClient } from '@jarvis/core';

import { RunCancelledError } from '../errors.ts';
import type { RunSession } from './run-session.ts';

/** How long a wish to cancel may lie in the inbox while something is under way, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Nobody reads it; without a reason of ours each call would make an error with a stack. */
const IN_TIME = 'it ended in time';

/** The run a person may want to end while it waits for something. */
export interface CancelOptions {
  readonly session: Pick<RunSession, 'runId' | 'isCancelAsked'>;
  readonly clock: Clock;
}

/**
 * Looks into the run's inbox for as long as a call is made: once a person wants the run to end, pauses between attempts
 * end at once and no further attempt is begun. For the exchange in flight it is as if the process was asked to stop.
 */
export function withCancel(client: LlmClient, options: CancelOptions): LlmClient {
  return {
    complete: (request, call) =>
      untilStopped(options, call.signal, (signal) => client.complete(request, { ...call, signal })),
  };
}

/**
 * Does something that may take long under a signal that is raised when `outer` is, and when a person wants the run to end.
 *
 * @throws the reason of `outer` when that was raised before.
 */
export async function untilStopped<Result>(
  { session, clock }: CancelOptions,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  outer.throwIfAborted();
  const stop = new AbortController();
  const over = new AbortController();
  const forward = () => {
    stop.abort(outer.reason);
  };
  outer.addEventListener('abort', forward, { once: true });
  void untilCancelled({ session, clock }, over.signal).then((isCancelled) => {
    if (isCancelled) stop.abort(new RunCancelledError(session));
  });
  try {
    return await work(stop.signal);
  } finally {
    outer.removeEventListener('abort', forward);
    over.abort(IN_TIME);
  }
}

/** Whether somebody wanted the run to end before the call was over. */
async function untilCancelled({ session, clock }: CancelOptions, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    // The sleep fails when the call is over, and the look while the journal is busy: then the next one tells.
    const isAsked = clock.sleep(LOOK_EVERY_MS, over).then(() => session.isCancelAsked());
    if (await isAsked.catch(() => false)) return true;
  }
  return false;
}
