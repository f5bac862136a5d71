import { type Journal, openRecords, RunNotFoundError } from '@jarvis/core';

import { parseRunRecord, type RunRecord } from '../engine/run-records.ts';
import { projectRun, type RunView } from './project-run.ts';

/**
 * All records of a run, proved and typed.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link JournalDamagedError} when a record does not hold.
 */
export async function readRunRecords(journal: Journal, runId: string): Promise<readonly RunRecord[]> {
  const records = openRecords(runId, await journal.read(runId)).map(parseRunRecord);
  if (records.length === 0) throw new RunNotFoundError({ runId });
  return records;
}

/**
 * The view of one run. Needs no lease: it may be read while the run is driven elsewhere.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link JournalDamagedError} when a record does not hold.
 */
export async function readRun(journal: Journal, runId: string): Promise<RunView> {
  const view = projectRun(await readRunRecords(journal, runId));
  if (view === undefined) throw new RunNotFoundError({ runId });
  return view;
}
