import { isJarvisError } from '@jarvis/core';

import { describeDiskFailure } from '../config/describe-disk-failure.ts';
import { JournalNoSpaceError, JournalUnavailableError, JournalUnreadableError } from './errors.ts';

/** Primary result codes of SQLite, from https://sqlite.org/rescode.html. */
const BUSY = 5;
const FULL = 13;

/** Corrupt, not a database, and the general error: our statements are fixed, so only another schema makes them fail. */
const DAMAGED: readonly (number | undefined)[] = [11, 26, 1];

/** Tells whether an error says that another connection holds the lock just now. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** Tells whether an error says that the file, or what is in it, is not what it should be. */
export function isDamaged(error: unknown): boolean {
  return DAMAGED.includes(resultCode(error));
}

/** Gives what SQLite or the file system threw its coded error; what has one already passes. */
export function toJournalError(error: unknown, path: string): Error {
  if (isJarvisError(error)) return error;
  const code = resultCode(error);
  const problem = describeDiskFailure(error) ?? describe(error);
  if (isDamaged(error)) return new JournalUnreadableError({ path, problem, cause: error });
  if (code === FULL || systemCode(error) === 'ENOSPC') return new JournalNoSpaceError({ path, cause: error });
  if (code !== undefined || systemCode(error) !== undefined) {
    return new JournalUnavailableError({ path, problem, cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** The primary result code is the low byte of the extended one. */
function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode % 256
    : undefined;
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
