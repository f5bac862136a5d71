import type { RunRecord } from '../engine/run-records.ts';
import { foldChanges, listSnapshots, type Snapshot } from '../snapshots/list-snapshots.ts';

/** A moment of a run whose files `restore` can bring back, with what was done then. */
export interface SnapshotView extends Snapshot {
  /** The stage that was worked on; left out before the run and in a mode without stages. */
  readonly stage?: string;
  /** The files that were written or deleted, in order. */
  readonly files: readonly string[];
}

/** The moments of a run under the numbers `restore` takes, oldest first. */
export function projectSnapshots(records: readonly RunRecord[]): readonly SnapshotView[] {
  const stages = new Map<number, string>();
  for (const record of records) {
    if (record.type !== 'action.opened' || record.data.action.type !== 'work') continue;
    const { round, stage } = record.data.action;
    if (stage !== undefined) stages.set(round, stage);
  }
  const files = new Map(
    foldChanges(records).map(({ round, writes }) => [round, writes.map(({ path }) => path).sort()]),
  );
  return listSnapshots(records).map((snapshot) => {
    const stage = stages.get(snapshot.round);
    return { ...snapshot, ...(stage === undefined ? {} : { stage }), files: files.get(snapshot.round) ?? [] };
  });
}
