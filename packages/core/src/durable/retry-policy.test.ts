import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultRetryPolicy, delayBeforeRetry, type RetryPolicy } from './retry-policy.ts';

const POLICY: RetryPolicy = { maxAttempts: 6, firstDelayMs: 100, maxDelayMs: 500, maxAskedDelayMs: 5_000 };

describe('delayBeforeRetry', () => {
  it.each([
    { failures: 1, askedMs: undefined, delay: 100 },
    { failures: 2, askedMs: undefined, delay: 200 },
    { failures: 3, askedMs: undefined, delay: 400 },
    { failures: 4, askedMs: undefined, delay: 500 },
    { failures: 5, askedMs: undefined, delay: 500 },
    { failures: 6, askedMs: undefined, delay: undefined },
    { failures: 7, askedMs: undefined, delay: undefined },
    { failures: 1, askedMs: 0, delay: 0 },
    { failures: 1, askedMs: 2_000, delay: 2_000 },
    { failures: 5, askedMs: 5_000, delay: 5_000 },
    { failures: 1, askedMs: 5_001, delay: undefined },
    { failures: 6, askedMs: 1, delay: undefined },
    { failures: 1, askedMs: -3_000, delay: 100 },
    { failures: 2, askedMs: Number.NaN, delay: 200 },
    { failures: 1, askedMs: Number.POSITIVE_INFINITY, delay: undefined },
  ])('waits $delay ms after $failures failures when asked for $askedMs', ({ failures, askedMs, delay }) => {
    expect(delayBeforeRetry(POLICY, { failures, askedMs })).toBe(delay);
  });

  it('makes one attempt when the policy allows one', () => {
    expect(
      delayBeforeRetry({ ...POLICY, maxAttempts: 1 }, { failures: 1, askedMs: undefined }),
    ).toBeUndefined();
  });

  it('waits 1, 2 and 4 seconds by default, and makes four attempts', () => {
    const delays = [1, 2, 3, 4].map((failures) =>
      delayBeforeRetry(defaultRetryPolicy, { failures, askedMs: undefined }),
    );

    expect(delays).toEqual([1_000, 2_000, 4_000, undefined]);
  });

  it('never waits longer than the policy allows, and always comes to an end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.option(fc.double(), { nil: undefined }),
        (failures, askedMs) => {
          const delay = delayBeforeRetry(POLICY, { failures, askedMs });

          if (failures >= POLICY.maxAttempts) expect(delay).toBeUndefined();
          else expect(delay ?? 0).toSatisfy((ms: number) => ms >= 0 && ms <= POLICY.maxAskedDelayMs);
        },
      ),
    );
  });
});
