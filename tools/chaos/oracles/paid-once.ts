import type { RunRecord } from '@jarvis/loops';

import type { Evidence } from '../evidence.ts';

interface Exchange {
  /** Attempts that were written down as begun. */
  readonly opened: number;
  /** Attempts that were written down as over. */
  readonly closed: number;
  readonly isAnswered: boolean;
}

/**
 * O1: no question with an answer on disk is asked again. For each step, answers + failures ≤ requests ≤ answers +
 * failures + attempts in doubt, and no more attempts are in doubt than processes were killed.
 */
export function checkPaidOnce({ records, requests, crashes }: Evidence): readonly string[] {
  const exchanges = foldExchanges(records);
  const problems = [...exchanges].flatMap(([stepId, { opened, closed, isAnswered }]) => {
    const asked = requests.filter((request) => request.stepId === stepId).length;
    return [
      ...(asked > opened ? [`step ${stepId}: ${String(asked)} requests for ${String(opened)} attempts`] : []),
      ...(asked < closed
        ? [`step ${stepId}: ${String(closed)} attempts are over, but only ${String(asked)} requests came`]
        : []),
      ...(isAnswered ? [] : [`step ${stepId}: never answered`]),
    ];
  });
  const inDoubt = [...exchanges.values()].reduce((sum, { opened, closed }) => sum + opened - closed, 0);
  const strangers = requests.filter(({ stepId }) => stepId === undefined || !exchanges.has(stepId));
  return [
    ...problems,
    ...(inDoubt > crashes ? [`${String(inDoubt)} attempts in doubt after ${String(crashes)} kills`] : []),
    ...strangers.map(({ n }) => `request ${String(n)} belongs to no step of the journal`),
    ...findRepeatedQuestions({ requests, crashes }),
  ];
}

/** Questions that were asked more often than kills can explain. */
function findRepeatedQuestions({
  requests,
  crashes,
}: Pick<Evidence, 'requests' | 'crashes'>): readonly string[] {
  const counts = new Map<string, number>();
  for (const { bodySha256 } of requests) counts.set(bodySha256, (counts.get(bodySha256) ?? 0) + 1);
  const repeats = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  return repeats > crashes
    ? [`${String(repeats)} questions were repeated after ${String(crashes)} kills`]
    : [];
}

function foldExchanges(records: readonly RunRecord[]): ReadonlyMap<string, Exchange> {
  const exchanges = new Map<string, Exchange>();
  const change = (stepId: string, update: (exchange: Exchange) => Exchange) => {
    exchanges.set(stepId, update(exchanges.get(stepId) ?? { opened: 0, closed: 0, isAnswered: false }));
  };
  for (const record of records) {
    if (record.type === 'attempt.opened')
      change(record.data.stepId, (all) => ({ ...all, opened: all.opened + 1 }));
    if (record.type === 'attempt.closed')
      change(record.data.stepId, (all) => ({ ...all, closed: all.closed + 1 }));
    if (record.type === 'step.finished' && exchanges.has(record.data.stepId)) {
      change(record.data.stepId, (all) => ({ ...all, isAnswered: true }));
    }
  }
  return exchanges;
}
