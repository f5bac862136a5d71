import type { Clock } from '@jarvis/core';

import { listProjectDirectories } from '../config/project-directory.ts';
import { readProcessIdentity } from '../context/process-identity.ts';
import { databasePath, hasDatabase } from './database-file.ts';
import { HeadWitness } from './head-witness.ts';
import { openStore } from './open-store.ts';
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
  for (const directory of await listProjectDirectories(stateDirectory)) {
    const path = databasePath(directory);
    try {
      if (await whenFree(() => holdsRun({ directory, runId, clock }), { path, clock })) return directory;
    } catch (error) {
      // The journal of another project may be damaged: that is of interest only if the run is found nowhere.
      failures.push(toJournalError(error, path));
    }
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  return undefined;
}

function holdsRun({
  directory,
  runId,
  clock,
}: Omit<FindRunOptions, 'stateDirectory'> & { readonly directory: string }): boolean {
  // A run whose records are lost is still a run of this project; reading it says what is wrong.
  if (new HeadWitness(directory).read(runId) !== undefined) return true;
  if (!hasDatabase(directory)) return false;
  const now = { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
  const store = openStore({ directory, identity: readProcessIdentity(), now });
  try {
    return store.hasRun(runId);
  } finally {
    store.close();
  }
}
