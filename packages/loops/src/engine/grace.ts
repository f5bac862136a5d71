import type { Clock } from '@jarvis/core';

/** How long a call in flight may go on after the run was asked to stop, in milliseconds. */
const GRACE_MS = 10_000;

/**
 * A signal that aborts `GRACE_MS` after the given one: a call that is already paid for may still be answered.
 *
 * @returns the signal, and what ends the waiting.
 */
export function withGrace(signal: AbortSignal, clock: Clock): { signal: AbortSignal; dispose: () => void } {
  const delayed = new AbortController();
  const waiting = new AbortController();
  const abortLater = () => {
    clock.sleep(GRACE_MS, waiting.signal).then(
      () => {
        delayed.abort(signal.reason);
      },
      () => undefined, // disposed of: the call ended in time
    );
  };
  if (signal.aborted) abortLater();
  else signal.addEventListener('abort', abortLater, { once: true });
  return {
    signal: delayed.signal,
    dispose: () => {
      signal.removeEventListener('abort', abortLater);
      waiting.abort();
    },
  };
}
