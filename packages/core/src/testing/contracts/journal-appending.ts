import { expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import { emptyHead } from '../../journal/record-chain.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun } from './run-writer.ts';

/** What is stored, all or nothing. */
export function journalAppendingTests(current: () => JournalUnderTest): void {
  it('stores many records in one go', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');

    await writer.append(...Array.from({ length: 500 }, (_, index) => `record ${String(index)}`));

    expect(await journal.read('run-a')).toEqual(writer.written);
  });

  it('refuses records that do not follow the last one, and stores nothing of them', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    await writer.append('first');

    const stale = writer.request(emptyHead('run-a'), ['again'], ['a text']);

    await expect(journal.append(stale)).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_STALE_WRITER',
      runId: 'run-a',
    });
    expect(await journal.read('run-a')).toEqual(writer.written);
    expect(await journal.readBlob(sha256('a text'))).toBeUndefined();
  });

  it('lets exactly one of two appends to the same head through', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    const requests = ['one', 'other'].map((note) => writer.request(emptyHead('run-a'), [note], []));

    const outcomes = await Promise.allSettled(requests.map((request) => journal.append(request)));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await journal.read('run-a')).toHaveLength(1);
  });

  it('goes on after a refused append', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    await writer.append('first');
    await expect(journal.append(writer.request(emptyHead('run-a'), ['again'], []))).rejects.toThrow();

    await writer.append('second');

    expect(await journal.read('run-a')).toEqual(writer.written);
  });
}
