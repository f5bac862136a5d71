import { JournalDamagedError, type PlannedWrite, type RunContext, RunNotFoundError } from '@jarvis/core';

import { holdLeases } from '../engine/hold-leases.ts';
import { readRunRecords } from '../view/read-run.ts';
import { SnapshotNotFoundError } from './errors.ts';
import { foldChanges, listSnapshots, type RoundChanges } from './list-snapshots.ts';
import { planRestore, type RestoredFile, type RestorePlan } from './plan-restore.ts';

/** Which moment is brought back, and how. */
export interface RestoreOptions {
  /** After which round; 0 is before the run changed anything. Default: 0. */
  readonly round?: number;
  /** Also overwrite what somebody else has changed since; that content is lost. Default: false. */
  readonly force?: boolean;
  /** Only tell what would be done. Default: false. */
  readonly isDryRun?: boolean;
}

/** What became of the files a run has touched. */
export interface RestoredSnapshot {
  readonly runId: string;
  readonly round: number;
  /** Files whose content was brought back. */
  readonly restored: readonly string[];
  /** Files that were not there at that moment and are gone again. */
  readonly removed: readonly string[];
  /** Files somebody else has changed since; they stay as they are. */
  readonly left: readonly string[];
  /** How many files were as at that moment already. */
  readonly unchanged: number;
}

/**
 * Brings the files a run has touched back to what they were before it, or after one of its rounds. Everything else
 * stays as it is, commits too. Carried out again after a crash it finishes what it began.
 *
 * @throws {@link RunNotFoundError} when there is no such run in this project.
 * @throws {@link SnapshotNotFoundError} when the round has written nothing, or not all of it.
 * @throws {@link LeaseHeldError} when a process works on the run or in its folder.
 */
export async function restoreSnapshot(
  context: RunContext,
  runId: string,
  { round = 0, force = false, isDryRun = false }: RestoreOptions = {},
): Promise<RestoredSnapshot> {
  const look = async () => {
    const changes = await readChanges(context, runId, round);
    const paths = new Set(changes.flatMap(({ writes }) => writes.map(({ path }) => path)));
    const onDisk = await context.workspace.hashFiles([...paths]);
    return planRestore(changes, { round, force, onDisk });
  };
  if (isDryRun) return report(await look(), { runId, round });

  return holdLeases(context, runId, async () => {
    const plan = await look();
    await carryOut(context, runId, plan);
    return report(plan, { runId, round });
  });
}

async function readChanges(
  { journal, workspace }: RunContext,
  runId: string,
  round: number,
): Promise<readonly RoundChanges[]> {
  const records = await readRunRecords(journal, runId);
  const [first] = records;
  if (first?.type !== 'run.accepted' || first.data.workspace !== workspace.root)
    throw new RunNotFoundError({ runId });
  const known = listSnapshots(records).map((snapshot) => snapshot.round);
  if (!known.includes(round)) throw new SnapshotNotFoundError({ runId, round, known });
  return foldChanges(records);
}

/** What has to go first: it may stand where the folder of a file was. */
async function carryOut(context: RunContext, runId: string, { files }: RestorePlan): Promise<void> {
  const contents = await loadContents(context, runId, files);
  const contentOf = (hash: string) => Promise.resolve(contents.get(hash) ?? '');
  const writes = files.map((file): PlannedWrite => ({
    ...file,
    bytes: new TextEncoder().encode(contents.get(file.after ?? '') ?? '').length,
    // Only what the run itself has touched is brought back, with whatever leave it had.
    isAllowed: true,
  }));
  await context.workspace.apply({ writes: writes.filter(({ after }) => after === null) }, contentOf);
  await context.workspace.apply({ writes: writes.filter(({ after }) => after !== null) }, contentOf);
}

/** All of them before the first file is touched. */
async function loadContents(
  { journal }: RunContext,
  runId: string,
  files: readonly RestoredFile[],
): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const { after, path } of files) {
    if (after === null || contents.has(after)) continue;
    const content = await journal.readBlob(after);
    if (content === undefined)
      throw new JournalDamagedError({ runId, seq: 0, problem: `the content of ${path} is missing` });
    contents.set(after, content);
  }
  return contents;
}

function report(
  { files, left, unchanged }: RestorePlan,
  moment: { readonly runId: string; readonly round: number },
): RestoredSnapshot {
  const pathsOf = (some: readonly RestoredFile[]) => some.map(({ path }) => path).sort();
  return {
    ...moment,
    restored: pathsOf(files.filter(({ after }) => after !== null)),
    removed: pathsOf(files.filter(({ after }) => after === null)),
    left: [...left].sort(),
    unchanged,
  };
}
