import { parseRunRecord, type RunRecord } from '@jarvis/loops';

import type { Evidence } from '../evidence.ts';
import { twoLoop } from '../scenarios/two-loop.ts';

/** What a record says, before it has its place. */
interface Draft {
  readonly type: string;
  readonly data: unknown;
}

const bearer = { model: 'gpt-4.1-mini', role: 'employee' };
const budget = { status: 'stopped', reason: 'budget', message: 'The cap is reached.' };
const done = { status: 'done', reason: 'approved', message: 'The manager approved the work.' };

export const ended: Draft = { type: 'run.ended', data: done };
export const amended: Draft = { type: 'run.amended', data: { maxRounds: twoLoop.terms.amendedRounds } };
export const resumed: Draft = { type: 'run.resumed', data: { release: '0.1.0' } };

/** A try of a step, with the amount set aside for it. */
export function opened(stepId: string, number: number, reservedNanoUsd: number): Draft {
  const attemptId = `${stepId}.${String(number)}`;
  return {
    type: 'attempt.opened',
    data: { attemptId, stepId, number, ...bearer, reservedNanoUsd, outputLimit: 1 },
  };
}

/** The end of a try: an answer for a million nano-dollars, or a failure for nothing. */
export function closed(stepId: string, number: number, type: 'settled' | 'failed'): Draft {
  const ending =
    type === 'settled'
      ? { type, bookedNanoUsd: 1_000_000 }
      : { type, bookedNanoUsd: 0, reason: 'provider_error' };
  return {
    type: 'attempt.closed',
    data: { attemptId: `${stepId}.${String(number)}`, stepId, ...bearer, ending },
  };
}

/** The answer of a step is on disk. */
export function finished(stepId: string): Draft {
  const data = { actionId: 'action-1', stepId, ordinal: 1, name: 'model.work', key: {}, result: null };
  return { type: 'step.finished', data };
}

/** Plan: a failure, an attempt whose process was killed, an answer. Then the money is spent, and there is more. */
export const soundDrafts: readonly Draft[] = [
  opened('plan', 1, 4_000_000),
  closed('plan', 1, 'failed'),
  opened('plan', 2, 4_000_000),
  resumed,
  opened('plan', 3, 4_000_000),
  closed('plan', 3, 'settled'),
  finished('plan'),
  { type: 'run.paused', data: budget },
  { type: 'run.amended', data: { capUsd: 0.024 } },
  resumed,
  opened('work', 1, 19_000_000),
  closed('work', 1, 'settled'),
  finished('work'),
  amended,
  ended,
];

/** Records as they are read from a journal. */
export function recordsOf(drafts: readonly Draft[]): readonly RunRecord[] {
  return drafts.map((draft, index) =>
    parseRunRecord({ ...draft, runId: 'run-1', seq: index + 1, atMs: 0, version: 1 }),
  );
}

/** A request as the model server wrote it down. */
export function requestOf(n: number, stepId: string, status = 200): Evidence['requests'][number] {
  const body = { messages: [{ role: 'user', content: stepId }], max_completion_tokens: n };
  const place = { method: 'POST', path: '/v1/chat/completions', headers: {} };
  return {
    ...place,
    n,
    stepId,
    body,
    bodySha256: String(n),
    status,
    atMs: n,
    endedAtMs: n,
    outcome: 'answered',
  };
}

const worker = {
  kind: 'worker',
  wasKilled: true,
  exitCode: null,
  output: '',
  errors: '',
  tookMs: 1_000,
} as const;

function command(exitCode: number, result: Readonly<Record<string, string>>): Evidence['processes'][number] {
  return { ...worker, kind: 'command', wasKilled: false, exitCode, output: JSON.stringify(result) };
}

/** A killed run that ended as it should. */
export const sound: Evidence = {
  terms: twoLoop.terms,
  records: recordsOf(soundDrafts),
  requests: [requestOf(1, 'plan', 503), requestOf(2, 'plan'), requestOf(3, 'plan'), requestOf(4, 'work')],
  tree: { 'project/index.html': 'a', 'project/notes.txt': 'b' },
  commits: [
    { tree: '1'.repeat(40), text: 'Take notes' },
    { tree: '2'.repeat(40), text: 'Round 1' },
  ],
  gitFiles: ['.git/HEAD', '.git/index'],
  status: 'A  staged.txt',
  staged: '100644 1 0\tstaged.txt',
  snapshotProblems: [],
  killedAt: [],
  fsck: '',
  crashes: 1,
  processes: [
    worker,
    command(4, { status: 'stopped', nextCommand: 'jarvis resume run-1' }),
    command(0, { status: 'done' }),
  ],
  tookMs: 3_000,
  afterLastKill: { tookMs: 2_000, askedBefore: 2 },
};
