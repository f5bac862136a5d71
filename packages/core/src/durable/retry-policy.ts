/** How often and after which pauses something is tried again. */
export interface RetryPolicy {
  /** Attempts in all, the first included; 1 or more. */
  readonly maxAttempts: number;
  /** Pause after the first failure, in milliseconds; doubled after each further one. */
  readonly firstDelayMs: number;
  /** No pause of our own is longer than this, in milliseconds. */
  readonly maxDelayMs: number;
  /** The longest wait a server may ask for, in milliseconds; beyond it the run gives up instead. */
  readonly maxAskedDelayMs: number;
}

/** Four attempts, pauses of 1, 2 and 4 seconds, and up to a minute when the server asks for it. */
export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 4,
  firstDelayMs: 1_000,
  maxDelayMs: 30_000,
  maxAskedDelayMs: 60_000,
};

/** What {@link delayBeforeRetry} decides on. */
export interface Failure {
  /** How many attempts have failed so far. */
  readonly failures: number;
  /** How long the other side asked to wait, in milliseconds; what is no such number is not followed. */
  readonly askedMs: number | undefined;
}

/** The pause before the next attempt in milliseconds, or `undefined` when there shall be none. */
export function delayBeforeRetry(policy: RetryPolicy, { failures, askedMs }: Failure): number | undefined {
  if (failures >= policy.maxAttempts) return undefined;
  if (askedMs === undefined || !(askedMs >= 0)) {
    return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (failures - 1));
  }
  return askedMs <= policy.maxAskedDelayMs ? askedMs : undefined;
}
