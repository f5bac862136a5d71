import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, linkSync, mkdirSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { syncPath } from './durable-file.ts';
import { JournalTooNewError, JournalUnreadableError } from './errors.ts';
import { loadSqlite } from './load-sqlite.ts';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts';

const DATABASE_NAME = 'journal.db';

/** Where a project directory keeps its journal. */
export function databasePath(directory: string): string {
  return join(directory, DATABASE_NAME);
}

/**
 * Tells whether a project directory has a journal, from its first bytes: nothing is opened, nothing is written.
 *
 * @throws {@link JournalUnreadableError} when what is there is no journal, or only parts of one are there.
 * @throws {@link JournalTooNewError} when a newer release wrote it.
 */
export function hasDatabase(directory: string): boolean {
  const path = databasePath(directory);
  // A log is made after its database: seeing it first and no database after means that the database was removed.
  const hasLog = sizeOf(`${path}-wal`) !== undefined;
  const size = sizeOf(path);
  if (size === undefined && hasLog) {
    throw new JournalUnreadableError({
      path,
      problem: 'the file is missing, only its write-ahead log is left',
    });
  }
  if (size === undefined) return false;
  if (size === 0) throw new JournalUnreadableError({ path, problem: 'the file is empty' });
  proveHeader(path);
  return true;
}

/**
 * Makes the journal of a project directory, unless another process makes it first: it is built under another name
 * and gets its own in one step, so nobody ever meets half a schema or an empty file.
 */
export function createDatabase(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if ((statSync(directory).mode & 0o077) !== 0) chmodSync(directory, 0o700);
  const path = databasePath(directory);
  const draft = `${path}.${String(process.pid)}-${randomBytes(4).toString('hex')}.new`;
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    fillDatabase(draft);
    linkSync(draft, path);
    syncPath(directory);
    syncPath(dirname(directory));
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function fillDatabase(draft: string): void {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(draft);
  try {
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec(`begin; ${SCHEMA} commit;`);
  } finally {
    database.close();
  }
}

/** The parts of the header that tell whose file it is: https://sqlite.org/fileformat2.html#the_database_header. */
function proveHeader(path: string): void {
  const header = readStart(path, 100);
  const isDatabase = header.subarray(0, 16).equals(Buffer.from('SQLite format 3\0'));
  if (!isDatabase) throw new JournalUnreadableError({ path, problem: 'it is not a database' });
  proveVersion(path, { applicationId: header.readInt32BE(68), version: header.readInt32BE(60) });
}

/** Refuses the database of another program and of a newer release. */
export function proveVersion(
  path: string,
  found: { readonly applicationId: number; readonly version: number },
): void {
  if (found.applicationId !== APPLICATION_ID) {
    throw new JournalUnreadableError({ path, problem: 'it is a database of another program' });
  }
  if (found.version > SCHEMA_VERSION) {
    throw new JournalTooNewError({ path, version: found.version, knownVersion: SCHEMA_VERSION });
  }
  if (found.version < 1) throw new JournalUnreadableError({ path, problem: 'it has no version' });
}

function readStart(path: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, length, 0);
    return bytes;
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
