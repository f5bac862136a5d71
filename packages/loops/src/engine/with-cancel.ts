import type { Clock, LlmClient } from '@jarvis/core';

import { RunCancelledError } from '../errors.ts';
import type { RunSession } from './run-session.ts';

/** How long a wish to cancel may lie in the inbox while a call is made, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Nobody reads it; without a reason of ours each call would make an error with a stack. */
const IN_TIME = 'the call ended in time';

/** The run a person may want to end while it waits for an answer. */
export interface CancelOptions {
  readonly session: Pick<RunSession, 'runId' | 'isCancelAsked'>;
  readonly clock: Clock;
}

/**
 * Looks into the run's inbox for as long as a call is made: once a person wants the run to end, pauses between attempts
 * end at once and no further attempt is begun. For the exchange in flight it is as if the process was asked to stop.
 */
export function withCancel(client: LlmClient, { session, clock }: CancelOptions): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const stop = new AbortController();
      const over = new AbortController();
      const forward = () => {
        stop.abort(call.signal.reason);
      };
      call.signal.addEventListener('abort', forward, { once: true });
      void untilCancelled({ session, clock }, over.signal).then((isCancelled) => {
        if (isCancelled) stop.abort(new RunCancelledError(session));
      });
      try {
        return await client.complete(request, { ...call, signal: stop.signal });
      } finally {
        call.signal.removeEventListener('abort', forward);
        over.abort(IN_TIME);
      }
    },
  };
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
