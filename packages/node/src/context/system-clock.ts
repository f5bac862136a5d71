import type { Clock } from '@jarvis/core';

/** What one timer of Node can hold; a longer wait takes several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The machine's clock. Its monotonic time counts from the start of the machine, so that processes can compare it
 * with one another: the heartbeat of a lease relies on that.
 */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs,
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    const until = monotonicMs() + ms;
    for (let left = ms; left > 0; left = until - monotonicMs()) {
      await wait(Math.min(left, LONGEST_TIMER_MS), signal);
    }
  },
};

function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the port promises the signal's reason
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
