import type { Clock } from '@jarvis/core';

import { listProjectDirectories } from '../config/project-directory.ts';
import { BUSY_TIMEOUT_MS } from './connection.ts';
import { databasePath, hasDatabase } from './database-file.ts';
import { HeadWitness } from './head-witness.ts';
import { loadSqlite } from './load-sqlite.ts';
import { toJournalError } from './sqlite-failure.ts';
import { whenFree } from './when-free.ts';

/** What {@link findRun} looks for, and where. */
export interface FindRunOptions {
  /** As `findStateDirectory` gives it. */
  readonly stateDirectory: string;
  readonly runId: string;
  readonly clock: Clock;
}

/**
 * Finds the project directory that holds a run, whichever folder the user is in; `undefined` when none does.
 * Use it to resume or show a run by its id alone.
 *
 * @throws {@link JournalUnreadableError} when the run was not found and a journal that may hold it is damaged.
 */
export async function findRun({ stateDirectory, runId, clock }: FindRunOptions): Promise<string | undefined> {
  const failures: Error[] = [];
  const directories = await listProjectDirectories(stateDirectory).catch((error: unknown) => {
    throw toJournalError(error, stateDirectory);
  });
  for (const directory of directories) {
    const path = databasePath(directory);
    try {
      if (await whenFree(() => holdsRun(directory, runId), { path, clock })) return directory;
    } catch (error) {
      // The journal of another project may be damaged: that is of interest only if the run is found nowhere.
      failures.push(toJournalError(error, path));
    }
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  return undefined;
}

function holdsRun(directory: string, runId: string): boolean {
  // A run whose records are lost is still a run of this project; reading it says what is wrong.
  if (new HeadWitness(directory).read(runId) !== undefined) return true;
  if (!hasDatabase(directory)) return false;
  // Only read: the journal of another project is not brought to today's layout because a run is looked for.
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(databasePath(directory), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return database.prepare('select 1 from runs where run_id = ?').get(runId) !== undefined;
  } finally {
    database.close();
  }
}
