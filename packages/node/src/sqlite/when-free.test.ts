import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it, vi } from 'vitest';

import { inTransaction, whenFree } from './when-free.ts';

const path = '/state/journal.db';

function sqliteError(errcode: number): Error {
  return Object.assign(new Error('from SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
}

function failing(error: Error, times: number): () => string {
  let left = times;
  return () => {
    if (left === 0) return 'done';
    left -= 1;
    throw error;
  };
}

/** A clock on which time passes only by sleeping. */
function sleepingClock() {
  let nowMs = 0;
  const sleep = vi.fn((ms: number) => {
    nowMs += ms;
    return Promise.resolve();
  });
  return { monotonicMs: () => nowMs, sleep };
}

describe('whenFree', () => {
  it('does at once what nobody is in the way of', async () => {
    const clock = sleepingClock();

    await expect(whenFree(() => 'done', { path, clock })).resolves.toBe('done');
    expect(clock.sleep).not.toHaveBeenCalled();
  });

  it.each([5, 261, 517])('waits between 1 and 40 ms while the database answers %d', async (errcode) => {
    const clock = sleepingClock();

    await expect(whenFree(failing(sqliteError(errcode), 50), { path, clock })).resolves.toBe('done');

    const pauses = clock.sleep.mock.calls.map(([ms]) => ms);
    expect(pauses).toHaveLength(50);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...pauses)).toBeLessThan(40);
    expect(new Set(pauses).size).toBeGreaterThan(5);
  });

  it('gives up after 15 seconds', async () => {
    const clock = sleepingClock();

    const waiting = whenFree(failing(sqliteError(5), 1_000_000), { path, clock });

    await expect(waiting).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_BUSY', path, retryable: true });
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(15_000);
    expect(clock.monotonicMs()).toBeLessThan(15_100);
  });

  it.each([
    [11, 'JARVIS_JOURNAL_UNREADABLE'],
    [267, 'JARVIS_JOURNAL_UNREADABLE'],
    [26, 'JARVIS_JOURNAL_UNREADABLE'],
    [13, 'JARVIS_JOURNAL_NO_SPACE'],
    [10, 'JARVIS_JOURNAL_UNAVAILABLE'],
    [8, 'JARVIS_JOURNAL_UNAVAILABLE'],
  ])('does not repeat what failed with %d', async (errcode, code) => {
    const clock = sleepingClock();

    await expect(whenFree(failing(sqliteError(errcode), 1), { path, clock })).rejects.toMatchObject({
      code,
      path,
    });
    expect(clock.sleep).not.toHaveBeenCalled();
  });

  it.each([
    ['ENOSPC', 'JARVIS_JOURNAL_NO_SPACE'],
    ['EACCES', 'JARVIS_JOURNAL_UNAVAILABLE'],
    ['EROFS', 'JARVIS_JOURNAL_UNAVAILABLE'],
  ])('gives %s of the file system a code of its own', async (systemCode, code) => {
    const error = Object.assign(new Error(systemCode), { code: systemCode, syscall: 'open' });

    await expect(whenFree(failing(error, 1), { path, clock: sleepingClock() })).rejects.toMatchObject({
      code,
    });
  });

  it('lets a mistake in the program pass as it is', async () => {
    const mistake = new TypeError('not a function');

    await expect(whenFree(failing(mistake, 1), { path, clock: sleepingClock() })).rejects.toBe(mistake);
  });
});

describe('inTransaction', () => {
  it('takes everything back when one statement fails', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('create table facts (name text primary key)');

    const work = () => {
      inTransaction(database, () => {
        database.exec("insert into facts values ('a')");
        database.exec("insert into facts values ('a')");
      });
    };

    expect(work).toThrow('UNIQUE constraint failed');
    expect(database.isTransaction).toBe(false);
    expect(database.prepare('select * from facts').all()).toEqual([]);
    database.close();
  });
});
