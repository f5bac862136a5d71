import type { Clock, Journal } from '@jarvis/core';
import { readRunRecords, type RunRecord } from '@jarvis/loops';

import { type HistoryRound, toHistoryRecords } from './to-history-records.ts';
import { writeRecords } from './write-records.ts';

/** Kept rounds, and the run they are added to. */
export interface HistoryWish {
  readonly runId: string;
  readonly rounds: readonly HistoryRound[];
  readonly contents: Iterable<string>;
}

/**
 * Adds the kept rounds to an imported run, once: what was added before stays as it is.
 *
 * @returns `changed` when other contents were added before.
 * @throws {@link LeaseHeldError} when another process works on the run.
 */
export async function keepHistory(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  { runId, rounds, contents }: HistoryWish,
): Promise<'imported' | 'known' | 'changed'> {
  const lease = await journal.acquire(`run:${runId}`);
  try {
    const records = await readRunRecords(journal, runId);
    const before = records.flatMap(readWrites);
    if (before.length > 0) return isSame(before, rounds) ? 'known' : 'changed';
    const known = new Set(records.flatMap(readRound));
    const { seq, hash } = (await journal.read(runId)).at(-1) ?? { seq: 0, hash: '' };
    const atMs = records.at(-1)?.atMs ?? clock.nowMs();
    const drafts = rounds.flatMap((round) =>
      toHistoryRecords(round, { atMs, isNew: !known.has(round.number) }),
    );
    await writeRecords({ journal, clock, lease, runId, head: { seq, hash } }, drafts, contents);
    return 'imported';
  } finally {
    await journal.release(lease);
  }
}

function readWrites(record: RunRecord): readonly unknown[] {
  return record.type === 'step.started' && record.data.name === 'workspace.apply' ? [record.data.intent] : [];
}

function readRound({ type, data }: RunRecord): readonly number[] {
  return type === 'action.opened' && data.action.type === 'work' ? [data.action.round] : [];
}

function isSame(before: readonly unknown[], rounds: readonly HistoryRound[]): boolean {
  return JSON.stringify(before) === JSON.stringify(rounds.map(({ writes }) => ({ writes })));
}
