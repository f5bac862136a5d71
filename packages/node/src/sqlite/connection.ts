import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { databasePath, proveVersion } from './database-file.ts';
import { JournalUnavailableError } from './errors.ts';
import { loadSqlite } from './load-sqlite.ts';

/** How long one statement may block the event loop for a lock; longer waits are asynchronous. */
export const BUSY_TIMEOUT_MS = 50;

/** SQLite's number for `synchronous = full`. */
const FULL = 2;

/**
 * A page whose cells do not fit is reported when it is read; what is deleted is overwritten; the log shrinks back to 16 MB; `fullfsync` makes a
 * flush on macOS reach the disk and not only the drive.
 */
const SETTINGS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma fullfsync = on;
  pragma cell_size_check = on;
  pragma secure_delete = on;
  pragma journal_size_limit = 16777216;
`;

/**
 * Opens the journal a project directory has, so that what is committed survives a power cut.
 *
 * @throws {@link JournalUnavailableError} when the file system does not allow that.
 */
export function openConnection(directory: string): DatabaseSync {
  const path = databasePath(directory);
  const { DatabaseSync } = loadSqlite();
  const address = pathToFileURL(path);
  // Without it, SQLite would make an empty database in the place of one that has just been removed.
  address.searchParams.set('mode', 'rw');
  const connection = new DatabaseSync(address, { timeout: BUSY_TIMEOUT_MS });
  try {
    const applicationId = pragma(connection, 'application_id');
    proveVersion(path, {
      applicationId: Number(applicationId),
      version: Number(pragma(connection, 'user_version')),
    });
    connection.exec(SETTINGS);
    proveDurable(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A setting that is refused is not reported by SQLite: it has to be read back. */
function proveDurable(connection: DatabaseSync, path: string): void {
  const mode = pragma(connection, 'journal_mode');
  const synchronous = pragma(connection, 'synchronous');
  if (mode !== 'wal' || synchronous !== FULL) {
    const found = `journal_mode ${String(mode)}, synchronous ${String(synchronous)}`;
    throw new JournalUnavailableError({ path, problem: `SQLite does not write durably here (${found})` });
  }
}

/** The value of a setting, as the database has it. */
export function pragma(connection: DatabaseSync, name: string): unknown {
  return Object.values(connection.prepare(`pragma ${name}`).get() ?? {})[0];
}
