import type { Clock, Journal } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';

import { type ImportOutcome, withRun } from './import-run.ts';
import { type HistoryRound, toHistoryRecords } from './to-history-records.ts';
import { planRecords, readBack, writeRecords } from './write-records.ts';

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
 */
export function keepHistory(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  { runId, rounds, contents }: HistoryWish,
): Promise<ImportOutcome> {
  return withRun(journal, runId, async (lease) => {
    const earlier = await journal.read(runId);
    if (earlier.length === 0) return { outcome: 'refused', because: 'the run was not imported' };
    const read = readBack(runId, earlier);
    if ('problem' in read) return { outcome: 'unreadable', because: read.problem };
    const { records } = read;
    const before = records.flatMap(readWrites);
    if (before.length > 0) return { outcome: isSame(before, rounds) ? 'known' : 'changed' };
    const known = new Set(records.flatMap(readRound));
    const atMs = records.at(-1)?.atMs ?? clock.nowMs();
    const drafts = rounds.flatMap((round) =>
      toHistoryRecords(round, { atMs, isNew: !known.has(round.number) }),
    );
    const planned = planRecords(runId, drafts, earlier);
    if ('problem' in planned) return { outcome: 'refused', because: planned.problem };
    await writeRecords({ journal, lease, runId, earlier }, planned.sealed, contents);
    return { outcome: 'imported' };
  });
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
