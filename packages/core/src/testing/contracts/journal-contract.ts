import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import type { Journal } from '../../journal/journal.ts';
import { emptyHead } from '../../journal/record-chain.ts';
import { journalAppendingTests } from './journal-appending.ts';
import { journalBlobTests } from './journal-blobs.ts';
import { journalForgettingTests } from './journal-forgetting.ts';
import { journalInboxTests } from './journal-inbox.ts';
import { journalLeaseTests } from './journal-leases.ts';
import { journalReadingTests } from './journal-reading.ts';
import { openRun } from './run-writer.ts';

/** A journal on storage of its own, and what the contract needs to look behind it. */
export interface JournalUnderTest {
  readonly journal: Journal;
  /** Opens the same storage once more, as another process does. */
  readonly reopen: () => Promise<Journal>;
  /** Gives a lease of `journal` to someone else, as happens to a process that slept for too long. */
  readonly takeOver: (resource: string) => Promise<void>;
  /** How many contents are stored; left out where that cannot be counted. */
  readonly countBlobs?: () => Promise<number>;
  /** Closes what was opened and removes the storage. */
  readonly dispose: () => Promise<void>;
}

/** Registers the tests every {@link Journal} passes. `open` gives a journal without any run. */
export function journalContract(name: string, open: () => Promise<JournalUnderTest>): void {
  describe(`${name} keeps the contract of Journal`, () => {
    let opened: JournalUnderTest;

    beforeEach(async () => {
      opened = await open();
    });

    afterEach(async () => {
      await opened.dispose();
    });

    journalReadingTests(() => opened);
    journalAppendingTests(() => opened);
    journalLeaseTests(() => opened);
    journalBlobTests(() => opened);
    journalInboxTests(() => opened);
    journalForgettingTests(() => opened);
    closeTests(() => opened);
  });
}

function closeTests(current: () => JournalUnderTest): void {
  it('may be closed twice', async () => {
    const { journal } = current();

    await journal.close();

    await expect(journal.close()).resolves.toBeUndefined();
  });

  it('lets go of its leases when it is closed, and keeps everything else', async () => {
    const { journal, reopen } = current();
    const writer = await openRun(journal, 'run-a');
    await journal.append(writer.request(emptyHead('run-a'), ['first'], ['a text']));
    const stored = await journal.read('run-a');
    await journal.close();

    const later = await reopen();

    expect(await later.read('run-a')).toEqual(stored);
    expect(await later.readBlob(sha256('a text'))).toBe('a text');
    expect((await later.acquire('run:run-a')).epoch).toBeGreaterThan(writer.lease.epoch);
  });
}
