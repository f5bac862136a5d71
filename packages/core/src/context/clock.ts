/** Time as a run sees it. The only source of it: nothing below the adapters reads the machine's clock. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970 UTC. May jump; never used to measure. */
  nowMs(): number;
  /** Milliseconds that only grow, for measuring durations and deadlines. */
  monotonicMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
