import { type Clock, emptyHead, type Journal, RunRecorder, sha256 } from '@jarvis/core';
import { readRunRecords } from '@jarvis/loops';
import { z } from 'zod';

import { collectRuns, type OldSnapshot } from './collect-runs.ts';
import type { OldRun } from './old-run.ts';
import { type DatedDraft, IMPORT_STEP, toRecords } from './to-records.ts';

/** Where runs are imported from, and to. */
export interface ImportOptions {
  /** The old tree. */
  readonly folder: string;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Only tell what there is. Default: false. */
  readonly isDryRun?: boolean;
}

/** A run, and what became of importing it. */
export interface ImportedRun {
  readonly runId: string;
  readonly oldId: string;
  /** `changed`: it was imported before, and the old files say something else since; the import stays as it is. */
  readonly outcome: 'found' | 'imported' | 'known' | 'changed';
  readonly sources: readonly string[];
  readonly notes: readonly string[];
}

/** What an import came to. */
export interface ImportReport {
  readonly root: string;
  readonly runs: readonly ImportedRun[];
  readonly snapshots: readonly OldSnapshot[];
  /** What could not be read, with the file it is about. */
  readonly problems: readonly string[];
}

/** Makes runs of what the predecessor left about its runs. The old files are read and never written to. */
export async function importState({
  folder,
  journal,
  clock,
  isDryRun = false,
}: ImportOptions): Promise<ImportReport> {
  const { root, runs: found, snapshots, problems } = await collectRuns(folder, clock.nowMs());
  const runs: ImportedRun[] = [];
  for (const run of found) {
    const { oldId, sources, notes } = run;
    const runId = toRunId(root, oldId);
    const outcome = isDryRun ? 'found' : await importRun({ journal, clock }, run, { runId, root });
    runs.push({ runId, oldId, outcome, sources, notes });
  }
  return { root, runs, snapshots, problems };
}

/** The same for the same run of the same tree, so that it is imported once. */
function toRunId(root: string, oldId: string): string {
  const name = oldId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
    .slice(0, 40);
  return `legacy-${sha256(`${root}\n${oldId}`).slice(0, 8)}${name === '' ? '' : `-${name.replace(/-$/u, '')}`}`;
}

interface ImportTarget {
  readonly runId: string;
  readonly root: string;
}

async function importRun(
  { journal, clock }: Pick<ImportOptions, 'journal' | 'clock'>,
  run: OldRun,
  { runId, root }: ImportTarget,
): Promise<ImportedRun['outcome']> {
  const before = await findImported(journal, runId);
  if (before !== undefined) return isSame(before, run) ? 'known' : 'changed';
  const lease = await journal.acquire(`run:${runId}`);
  try {
    let atMs = clock.nowMs();
    const recorder = new RunRecorder({
      runId,
      journal,
      lease,
      clock: { ...clock, nowMs: () => atMs },
      head: emptyHead(runId),
      onRecord: () => undefined,
    });
    const pins = { prompts: recorder.keep('[]'), prices: recorder.keep('{"asOf":"imported","models":{}}') };
    const records = toRecords(run, { workspace: root, nowMs: atMs, pins });
    for (const record of records) {
      ({ atMs } = record);
      defer(recorder, record);
    }
    await recorder.append();
    return 'imported';
  } finally {
    await journal.release(lease);
  }
}

function defer(recorder: RunRecorder, { type, data }: DatedDraft): void {
  recorder.defer({ type, data });
}

const importedSchema = z.object({ name: z.literal(IMPORT_STEP), result: z.custom<OldRun>() });

/** What an imported run was made of; `undefined` when there is no such run. */
export async function findImported(journal: Journal, runId: string): Promise<OldRun | undefined> {
  if ((await journal.read(runId)).length === 0) return undefined;
  const records = await readRunRecords(journal, runId);
  return records.flatMap(({ data }) => importedSchema.safeParse(data).data?.result ?? []).at(0);
}

/** What a clock says is no part of the run: a moment in the future was now, which is another one each time. */
function isSame(before: OldRun, now: OldRun): boolean {
  const facts = ({ moments: _moments, ...rest }: OldRun) => JSON.stringify(rest);
  return facts(before) === facts(now);
}
