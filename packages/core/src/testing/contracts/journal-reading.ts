import { expect, it } from 'vitest';

import { openRecords } from '../../journal/record-chain.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun, type RunWriter } from './run-writer.ts';

/** What a reader finds. */
export function journalReadingTests(current: () => JournalUnderTest): void {
  it('gives back what was appended, in order and byte for byte', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');

    await writer.append('first', 'with "quotes", \u2028, é and 🙂');
    await writer.append('line\nfeed');

    expect(await journal.read('run-a')).toEqual(writer.written);
    expect(() => openRecords('run-a', writer.written)).not.toThrow();
  });

  it('holds no record of a run it does not know', async () => {
    const { journal } = current();

    expect(await journal.read('nobody')).toEqual([]);
    expect(await journal.read('nobody', 0, 1)).toEqual([]);
    expect(await journal.readLast('nobody')).toBeUndefined();
    expect(await journal.listRuns()).toEqual([]);
  });

  it.each([0, 1, 2, 3, 9])('gives the records after record %i', async (afterSeq) => {
    const { journal } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];
    await a.append('first', 'second', 'third');
    await b.append('of another run');

    expect(await journal.read('run-a', afterSeq)).toEqual(a.written.slice(afterSeq));
  });

  it.each([
    [0, 1],
    [0, 2],
    [0, 9],
    [1, 1],
    [2, 2],
    [3, 1],
  ])('gives of the records after record %i the first %i at most', async (afterSeq, limit) => {
    const { journal } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];
    await a.append('first', 'second', 'third');
    await b.append('of another run');

    expect(await journal.read('run-a', afterSeq, limit)).toEqual(a.written.slice(afterSeq, afterSeq + limit));
  });

  it('gives the last record of a run alone', async () => {
    const { journal } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];
    await b.append('of another run');
    await a.append('first', 'second');
    await a.append('third');

    expect(await journal.readLast('run-a')).toEqual(a.written.at(-1));
    expect(await journal.readLast('run-b')).toEqual(b.written.at(-1));
  });

  it('keeps the records of different runs apart', async () => {
    const { journal } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];

    await a.append('a1');
    await b.append('b1', 'b2');
    await a.append('a2');

    expect(await journal.read('run-a')).toEqual(a.written);
    expect(await journal.read('run-b')).toEqual(b.written);
  });

  listingTests(current);
}

function listingTests(current: () => JournalUnderTest): void {
  it('lists runs, the newest first, whatever their names and whoever wrote last', async () => {
    const { journal } = current();
    const writers: RunWriter[] = [];
    for (const runId of ['run-b', 'run-c', 'run-a']) {
      const writer = await openRun(journal, runId);
      await writer.append('accepted');
      writers.push(writer);
    }

    await writers[0]?.append('went on');

    expect(await journal.listRuns()).toEqual(['run-a', 'run-c', 'run-b']);
  });

  it('shows another reader what was appended at once', async () => {
    const { journal, reopen } = current();
    const writer = await openRun(journal, 'run-a');
    await writer.append('first');

    const other = await reopen();

    expect(await other.read('run-a')).toEqual(writer.written);
    expect(await other.listRuns()).toEqual(['run-a']);
  });
}
