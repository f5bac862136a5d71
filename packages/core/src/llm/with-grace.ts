import type { Clock } from '../context/clock.ts';
import type { LlmClient } from './llm-client.ts';

/** How long a call in flight may go on after the run was asked to stop, in milliseconds. */
const GRACE_MS = 10_000;

/** Nobody reads it; without a reason of ours each call would make an error with a stack. */
const IN_TIME = 'the exchange ended in time';

/**
 * Lets the exchange in flight go on for ten seconds after the call was aborted: it is being paid for, so its answer
 * is worth having. What comes around it stops at once, so no further attempt is begun.
 */
export function withGrace(client: LlmClient, clock: Clock): LlmClient {
  return {
    async complete(request, call) {
      call.signal.throwIfAborted();
      const late = new AbortController();
      const ended = new AbortController();
      const abortLate = () => {
        clock.sleep(GRACE_MS, ended.signal).then(
          () => {
            late.abort(call.signal.reason);
          },
          () => undefined, // the exchange ended in time
        );
      };
      call.signal.addEventListener('abort', abortLate, { once: true });
      try {
        return await client.complete(request, { ...call, signal: late.signal });
      } finally {
        call.signal.removeEventListener('abort', abortLate);
        ended.abort(IN_TIME);
      }
    },
  };
}
