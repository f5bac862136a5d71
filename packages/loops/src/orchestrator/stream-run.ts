import type { RunContext } from '@jarvis/core';

import { AsyncQueue } from '../async/async-queue.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { RunRecord } from '../engine/run-records.ts';
import type { RunDriverOptions } from './run-driver.ts';
import type { RunResult } from '../view/run-result.ts';

export interface StreamOptions {
  readonly context: RunContext;
  readonly dialects: readonly Dialect[];
  /** Asks the run to stop. */
  readonly signal: AbortSignal | undefined;
}

/** Does the work of a run and yields its records as they are written. A reader that leaves early stops the run. */
export async function* streamRun(
  { context, dialects, signal }: StreamOptions,
  work: (options: RunDriverOptions) => Promise<RunResult>,
): AsyncGenerator<RunRecord, RunResult> {
  const abandoned = new AbortController();
  const signals = [context.signal, abandoned.signal, ...(signal === undefined ? [] : [signal])];
  const records = new AsyncQueue<RunRecord>();
  const running = work({
    context: { ...context, signal: AbortSignal.any(signals) },
    dialects,
    onRecord: (record) => {
      records.push(record);
    },
  }).finally(() => {
    records.end();
  });
  // Whoever reads slowly learns of a failure at the end; until then it is not unhandled.
  running.catch(() => undefined);
  try {
    yield* records.read();
    return await running;
  } finally {
    // What is in flight is written down before this returns.
    abandoned.abort();
    await running.catch(() => undefined); // thrown above, or nobody is left to tell
  }
}

/** The result of a run, with nobody looking at its records. */
export async function readToEnd(records: AsyncGenerator<RunRecord, RunResult>): Promise<RunResult> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return next.value;
  }
}
