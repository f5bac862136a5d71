import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import type { Clock } from '@jarvis/core';

import { JournalBusyError } from './errors.ts';
import type { Outcome } from './shared-commits.ts';
import { isBusy, toJournalError } from './sqlite-failure.ts';

/** A commit takes milliseconds: who is still locked out after this long is blocked by something that does not end. */
const GIVE_UP_AFTER_MS = 15_000;

/** The longest pause between two tries, in milliseconds; each is a random part of it, so that waiters spread. */
const LONGEST_PAUSE_MS = 40;

export interface WhenFreeOptions {
  readonly path: string;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
}

/**
 * Does something with the database as soon as no other process holds the lock, without blocking the event loop
 * while it waits.
 *
 * @throws {@link JournalBusyError} when the lock does not become free.
 */
export async function whenFree<Result>(
  work: () => Result,
  { path, clock }: WhenFreeOptions,
): Promise<Result> {
  const startedAt = clock.monotonicMs();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw toJournalError(error, path);
      const waitedMs = clock.monotonicMs() - startedAt;
      if (waitedMs >= GIVE_UP_AFTER_MS) throw new JournalBusyError({ path, waitedMs, cause: error });
    }
    await clock.sleep(randomInt(1, LONGEST_PAUSE_MS));
  }
}

/** Runs statements as one: they are all on disk afterwards, or none is. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    // Some failures of SQLite have ended the transaction already.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** Runs statements inside a transaction as one that fails alone, as long as SQLite does not end the transaction. */
export function inSavepoint<Result>(database: DatabaseSync, work: () => Result): Outcome<Result> {
  database.exec('savepoint one');
  try {
    const result = work();
    database.exec('release one');
    return { result };
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec('rollback to one');
    database.exec('release one');
    return { error };
  }
}
