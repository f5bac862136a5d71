import { isJarvisError, type Journal, type RunSummary } from '@jarvis/core';

import { readCommand } from '../engine/inbox.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { projectRun } from '../view/project-run.ts';
import { readRunRecords } from '../view/read-run.ts';
import { toRunSummary } from './to-run-summary.ts';

/** Which runs make a session. */
export interface SessionFilter {
  /** The real path of the project folder. */
  readonly workspace: string;
  /** The name of the session; `undefined` means the runs on the folder that have none. */
  readonly session: string | undefined;
  /** The most runs, the newest ones. */
  readonly newest: number;
}

/** The runs of a session, and those about which nobody can tell. */
export interface SessionRuns {
  /** Newest first, without those that are forgotten. */
  readonly runs: readonly RunSummary[];
  /** Ids of runs whose records do not hold, or that a later release wrote. */
  readonly unreadable: readonly string[];
}

/** Reads the runs of a session from a journal. Needs no lease, and changes nothing. */
export async function readSession(journal: Journal, filter: SessionFilter): Promise<SessionRuns> {
  const runs: RunSummary[] = [];
  const unreadable: string[] = [];
  for (const runId of await journal.listRuns()) {
    if (runs.length >= filter.newest) break;
    const read = await readSummary(journal, runId, filter);
    if (read === 'unreadable') unreadable.push(runId);
    else if (read !== undefined) runs.push(read);
  }
  return { runs, unreadable };
}

/** A run that cannot be read hides no other. */
async function readSummary(
  journal: Journal,
  runId: string,
  filter: SessionFilter,
): Promise<RunSummary | 'unreadable' | undefined> {
  try {
    const records = await readRunRecords(journal, runId);
    if (!belongsTo(records, filter) || (await isForgotten(journal, runId, records))) return undefined;
    const view = projectRun(records);
    return view === undefined ? 'unreadable' : toRunSummary(view);
  } catch (error) {
    if (!isJarvisError(error)) throw error;
    // Removed while the list was read: nothing is missing.
    return error.code === 'JARVIS_RUN_NOT_FOUND' ? undefined : 'unreadable';
  }
}

function belongsTo([first]: readonly RunRecord[], { workspace, session }: SessionFilter): boolean {
  if (first?.type !== 'run.accepted') return true;
  return first.data.workspace === workspace && first.data.session === session;
}

/** The wish stands in the records once a driver took it; of a run nobody drives any more it stays in the inbox. */
async function isForgotten(journal: Journal, runId: string, records: readonly RunRecord[]): Promise<boolean> {
  if (records.some(({ type }) => type === 'run.forgotten')) return true;
  const waiting = (await journal.readInbox(runId)).map(readCommand);
  return waiting.some((command) => 'type' in command && command.type === 'forget');
}
