import {
  byteTokenCounter,
  Circuits,
  type Clock,
  createLedger,
  defaultPriceTable,
  defaultRetryPolicy,
  emptyHead,
  guardedLlm,
  type LlmClient,
  type LlmRequest,
  type LlmResponse,
  MemoryJournal,
  type ModelCallPolicies,
  noCrashPoint,
  openRecords,
  RunRecorder,
  Steps,
  withJournal,
} from '@jarvis/core';
import { MarkerSecretScanner } from '@jarvis/core/testing';

import { systemClock } from '../src/context/system-clock.ts';

export const request: LlmRequest = {
  model: 'gpt-4.1-mini',
  role: 'employee',
  purpose: 'work',
  messages: [{ role: 'user', content: 'Build the page of a bakery.' }],
  replyFormat: { type: 'text' },
  maxOutputTokens: 900,
  minOutputTokens: 100,
};

/** The time of the machine, and sleeps that only note how long they would have been, but for deadlines. */
class SleeplessClock implements Clock {
  readonly waits: number[] = [];

  nowMs(): number {
    return systemClock.nowMs();
  }

  monotonicMs(): number {
    return systemClock.monotonicMs();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // A deadline is watched with a signal of its own and must not pass before the answer has had its time.
    if (ms === DEADLINE_MS) return systemClock.sleep(ms, signal);
    signal?.throwIfAborted();
    this.waits.push(ms);
  }
}

/** Longer than any exchange of these tests that is to be answered. */
const DEADLINE_MS = 1_500;

/** A run that asks a server. */
export interface Exchange {
  /** The pauses so far, in milliseconds. */
  readonly waits: readonly number[];
  readonly ask: (asked?: LlmRequest) => Promise<LlmResponse>;
  /** What the journal says of the attempts, once the deferred records are written. */
  readonly attempts: () => Promise<{
    readonly opened: readonly unknown[];
    readonly closed: readonly unknown[];
  }>;
}

/** A run's way of asking a server, with everything between its journal and the wire. */
export async function openExchange(
  llm: LlmClient,
  policies: Partial<ModelCallPolicies> = {},
): Promise<Exchange> {
  const journal = new MemoryJournal();
  const clock = new SleeplessClock();
  const lease = await journal.acquire('run:run-1');
  const recorder = new RunRecorder({
    runId: 'run-1',
    journal,
    lease,
    clock,
    head: emptyHead('run-1'),
    onRecord: () => undefined,
  });
  const steps = new Steps({
    runId: 'run-1',
    actionId: 'action-1',
    recorder,
    crashPoint: noCrashPoint,
    recorded: new Map(),
  });
  const context = {
    clock,
    tokens: byteTokenCounter,
    secrets: new MarkerSecretScanner(),
    circuits: new Circuits(clock),
  };
  const client = guardedLlm(context, {
    llm,
    prices: defaultPriceTable,
    ledger: () => createLedger(1e9),
    retry: defaultRetryPolicy,
    deadlineMs: DEADLINE_MS,
    ...policies,
  });
  const ask = withJournal(client, steps, new AbortController().signal);
  return {
    waits: clock.waits,
    ask: (asked: LlmRequest = request) => ask(asked, {}),
    attempts: async () => {
      await recorder.append({ type: 'test.done', data: null });
      const records = openRecords('run-1', await journal.read('run-1'));
      const of = (type: string) => records.filter((record) => record.type === type).map(({ data }) => data);
      return { opened: of('attempt.opened'), closed: of('attempt.closed') };
    },
  };
}
