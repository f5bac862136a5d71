import type { Clock, Journal, SecretScanner } from '@jarvis/core';

import { collectRuns } from './collect-runs.ts';
import { type ImportedHistory, importHistories } from './import-histories.ts';
import { type ImportedRun, type ImportOutcome, importRun, toRunId } from './import-run.ts';
import type { OldSnapshot } from './old-history.ts';
import type { OldRun } from './old-run.ts';

/** Where runs are imported from, and to. */
export interface ImportOptions {
  /** The old tree. */
  readonly folder: string;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Only tell what there is. Default: false. */
  readonly isDryRun?: boolean;
  /** Looks for secrets in the files of `.history`. They are kept when it is given, and only listed otherwise. */
  readonly snapshotScanner?: SecretScanner;
}

/** What an import came to. */
export interface ImportReport {
  readonly root: string;
  readonly runs: readonly ImportedRun[];
  readonly snapshots: readonly OldSnapshot[];
  /** The snapshots that were kept, by project folder; empty when they were only listed. */
  readonly histories: readonly ImportedHistory[];
  /** What could not be read, with the file it is about. */
  readonly problems: readonly string[];
}

/**
 * Makes runs of what the predecessor left about its runs. The old files are read and never written to. A run that
 * cannot be imported stops no other: it is told with its outcome and the reason.
 *
 * @throws {@link LegacyTreeError} when the folder cannot be read.
 */
export async function importState({
  folder,
  journal,
  clock,
  isDryRun = false,
  snapshotScanner: scanner,
}: ImportOptions): Promise<ImportReport> {
  const collected = await collectRuns(folder, clock.nowMs());
  const { root, snapshots } = collected;
  const importEach = async (run: OldRun): Promise<ImportedRun> => {
    const runId = toRunId(root, run.oldId);
    const { outcome, because } = await importRun({ journal, clock }, run, { runId, root, isDryRun });
    return describeRun(run, { runId, outcome, ...(because === undefined ? {} : { because }) });
  };
  const first: ImportedRun[] = [];
  for (const run of collected.runs) first.push(await importEach(run));
  // Whoever was at work on one of them may have finished it meanwhile.
  const runs: ImportedRun[] = [];
  for (const [index, run] of collected.runs.entries()) {
    const told = first[index];
    runs.push(told === undefined || told.outcome === 'busy' ? await importEach(run) : told);
  }
  if (scanner === undefined) return { root, runs, snapshots, histories: [], problems: collected.problems };
  const kept = await importHistories(collected, { journal, clock, scanner, isDryRun });
  return { root, runs, snapshots, histories: kept.histories, problems: kept.problems };
}

function describeRun(
  { oldId, sources, notes }: OldRun,
  { runId, outcome, because }: ImportOutcome & { readonly runId: string },
): ImportedRun {
  return { runId, oldId, outcome, sources, notes: because === undefined ? notes : [...notes, because] };
}
