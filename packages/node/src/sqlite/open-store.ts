import type { ProcessIdentity } from '../context/process-identity.ts';
import { openConnection } from './connection.ts';
import { databasePath } from './database-file.ts';
import { JournalUnreadableError } from './errors.ts';
import { readFreeBytes } from './free-space.ts';
import type { Heartbeat } from './lease-owner.ts';
import { migrateDatabase } from './migrate-database.ts';
import { isDamaged } from './sqlite-failure.ts';
import { SqliteLeases } from './sqlite-lease.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Which database is opened, and by whom. */
export interface OpenStoreOptions {
  readonly directory: string;
  readonly identity: ProcessIdentity;
  readonly now: Heartbeat;
  /** Default: what the file system tells. */
  readonly readFreeBytes?: (directory: string) => number;
}

/**
 * Opens the database a project directory has, in today's layout.
 *
 * @throws {@link JournalUnreadableError} when its tables are not those of a journal.
 * @throws {@link LeaseHeldError} when it has an older layout and a process works with that.
 */
export function openStore(options: OpenStoreOptions): SqliteStore {
  const { directory, identity, now } = options;
  const path = databasePath(directory);
  const database = openConnection(directory);
  const proveUnused = () => {
    new SqliteLeases(database, path).proveAllFree(identity, now);
  };
  try {
    migrateDatabase({ database, path, proveUnused });
    return new SqliteStore({ readFreeBytes, ...options, database, path });
  } catch (cause) {
    database.close();
    if (!isDamaged(cause)) throw cause;
    throw new JournalUnreadableError({ path, problem: 'its tables are not those of a journal', cause });
  }
}
