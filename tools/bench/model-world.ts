import { join } from 'node:path';

import {
  type CostLedger,
  createLedger,
  defaultPriceTable,
  defaultRetryPolicy,
  emptyHead,
  guardedLlm,
  type JournalRecord,
  type LlmClient,
  type LlmRequest,
  reserve,
  type RunContext,
  RunRecorder,
  sealRecord,
  settle,
  Steps,
  toNanoUsd,
  withJournal,
} from '@jarvis/core';
import { parseRunRecord } from '@jarvis/loops';

import { openBenchContext } from './bench-context.ts';

/** What the model answers, every time; nothing else is new content in a step. */
const ANSWER = JSON.stringify({
  summary: 'A page about knots',
  text: 'over, under and through. '.repeat(40),
});

/** What is asked in one round: the words that never change, and a question that is another one each time. */
function requestOf(round: number): LlmRequest {
  const question = `Round ${String(round)}. ${'Build a page about knots, with a picture of each. '.repeat(30)}`;
  return {
    model: 'gpt-4.1-mini',
    role: 'employee',
    purpose: 'work',
    messages: [
      { role: 'system', content: 'You build what you are asked for. '.repeat(20) },
      { role: 'user', content: question },
    ],
    replyFormat: { type: 'json' },
    maxOutputTokens: 4_000,
    minOutputTokens: 500,
  };
}

/** The key of a question about a project: the template, and hashes of what it was made of. */
const KEY = {
  template: 'employee.work@1',
  task: '8f14e45fceea167a',
  plan: 'c9f0f895fb98ab91',
  files: '45c48cce2e2d7fbd',
  feedback: 'd3d9446802a44259',
};

const instantModel: LlmClient = {
  complete: async ({ model }) => ({
    outcome: 'answered',
    text: ANSWER,
    model,
    usage: { inputTokens: 500, cachedInputTokens: 0, outputTokens: 300 },
    isSimulated: false,
  }),
};

/** The size of {@link ModelWorld.ask}'s answer. */
export const ANSWER_BYTES = Buffer.byteLength(ANSWER);

/** A run in a journal on disk that asks a model which answers at once. */
export interface ModelWorld {
  /** One durable model call, as an action makes it. */
  readonly ask: () => Promise<void>;
  /** One record of the size of an answered step, stored in a journal in which its run is alone, as this one is in its own. */
  readonly appendBare: () => Promise<void>;
  /** How large the database is, with what is committed and still in the log, in bytes. */
  readonly databaseBytes: () => number;
  readonly close: () => Promise<void>;
}

/** A world whose files are in the folder. */
export async function openModelWorld(folder: string): Promise<ModelWorld> {
  const { context, databaseBytes } = await openBenchContext(join(folder, 'calls'));
  const bare = await openBenchContext(join(folder, 'bare'));
  const { journal, clock, ids } = context;
  const runId = ids.newRunId();
  const lease = await journal.acquire(`run:${runId}`);
  let ledger = createLedger(toNanoUsd(1_000));
  const recorder = new RunRecorder({
    runId,
    journal,
    lease,
    clock,
    head: emptyHead(runId),
    onRecord: (record) => {
      ledger = account(ledger, record);
    },
  });
  let actions = 0;

  const ask = async () => {
    actions += 1;
    const actionId = `action-${String(actions)}`;
    const { crashPoint, signal } = context;
    const steps = new Steps({ runId, actionId, recorder, crashPoint, recorded: new Map() });
    const client = guardedLlm(context, {
      llm: instantModel,
      prices: defaultPriceTable,
      ledger: () => ledger,
      retry: defaultRetryPolicy,
      deadlineMs: 180_000,
    });
    await withJournal(client, steps, signal)(requestOf(actions), KEY);
  };

  const appendBare = await openBareRun(bare.context);
  const close = async () => {
    await journal.close();
    await bare.context.journal.close();
  };
  return { ask, appendBare, databaseBytes, close };
}

async function openBareRun({ journal, clock, ids }: RunContext): Promise<() => Promise<void>> {
  const runId = ids.newRunId();
  const lease = await journal.acquire(`run:${runId}`);
  const data = { key: KEY, text: ANSWER };
  let head = emptyHead(runId);
  return async () => {
    const seq = head.seq + 1;
    const sealed = sealRecord(head, { runId, seq, atMs: clock.nowMs(), type: 'note', version: 1, data });
    await journal.append({ runId, lease, previousHash: head.hash, records: [sealed], blobs: [] });
    head = sealed;
  };
}

function account(ledger: CostLedger, stored: JournalRecord): CostLedger {
  const record = parseRunRecord(stored);
  if (record.type === 'attempt.opened') return reserve(ledger, record.data);
  if (record.type !== 'attempt.closed') return ledger;
  const { attemptId, ending, ...bearer } = record.data;
  const usage = ending.type === 'settled' && ending.usage !== undefined ? { usage: ending.usage } : {};
  return settle(ledger, { attemptId, bearer, amount: ending.bookedNanoUsd, ...usage });
}
