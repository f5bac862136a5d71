import type * as Sqlite from 'node:sqlite';

import { SqliteTooOldError } from './errors.ts';

/** The first release without the fault that loses a reset of the write-ahead log. */
const NEEDED = '3.51.3';

/**
 * The SQLite of this Node.js. It is loaded here, and not by an import, so that a program which opens no journal
 * pays nothing.
 *
 * @throws {@link SqliteTooOldError} when there is none that can be trusted with a journal.
 */
export function loadSqlite(sqliteVersion: string | undefined = process.versions.sqlite): typeof Sqlite {
  if (sqliteVersion === undefined || !isAtLeast(sqliteVersion, NEEDED)) {
    throw new SqliteTooOldError({ sqliteVersion: sqliteVersion ?? 'none', neededVersion: NEEDED });
  }
  return loadQuietly();
}

/** Node.js 22 calls the module experimental in a warning. The releases used here were tried; users cannot act on it. */
function loadQuietly(): typeof Sqlite {
  const emitWarning = Reflect.get(process, 'emitWarning');
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Compared as numbers: comparing as a language does loads its rules, which takes 13 ms. */
function isAtLeast(version: string, needed: string): boolean {
  const parts = toNumbers(version);
  const neededParts = toNumbers(needed);
  const decisive = neededParts.findIndex((part, index) => part !== (parts[index] ?? 0));
  return decisive === -1 || (parts[decisive] ?? 0) > (neededParts[decisive] ?? 0);
}

function toNumbers(version: string): readonly number[] {
  return version.split('.').map(Number);
}
