import { emptyHead, MemoryJournal, type SealedRecord, sealRecord } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { foldRun } from './fold-run.ts';
import { readPieces } from './read-pieces.ts';

const RUN = 'run-1';

/** A journal that keeps count of what it hands out, and may lose the run after the first piece. */
class WatchedJournal extends MemoryJournal {
  readonly handedOut: number[] = [];
  losesRun = false;

  override async read(runId: string, afterSeq?: number, limit?: number): Promise<readonly SealedRecord[]> {
    const records = this.#isLost() ? [] : await super.read(runId, afterSeq, limit);
    this.handedOut.push(records.length);
    return records;
  }

  override async readLast(runId: string): Promise<SealedRecord | undefined> {
    return this.#isLost() ? undefined : super.readLast(runId);
  }

  #isLost(): boolean {
    return this.losesRun && this.handedOut.length > 0;
  }
}

function seal(count: number): readonly SealedRecord[] {
  const records: SealedRecord[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const record = {
      runId: RUN,
      seq,
      atMs: seq,
      type: 'run.resumed',
      version: 2,
      data: { release: '1.0.0' },
    };
    records.push(sealRecord(records.at(-1) ?? emptyHead(RUN), record));
  }
  return records;
}

async function store(journal: MemoryJournal, records: readonly SealedRecord[]): Promise<void> {
  const lease = await journal.acquire(`run:${RUN}`);
  await journal.append({ runId: RUN, lease, previousHash: emptyHead(RUN).hash, records, blobs: [] });
}

describe('foldRun', () => {
  let journal: WatchedJournal;

  beforeEach(() => {
    journal = new WatchedJournal();
  });

  it.each([
    [0, [0]],
    [255, [255]],
    [256, [256, 0]],
    [600, [256, 256, 88]],
  ])('reads %i records in pieces and knows where they end', async (count, pieces) => {
    const records = seal(count);
    await store(journal, records);

    const { head, past } = await foldRun(journal, RUN);

    expect(head).toMatchObject({ seq: count, hash: (records.at(-1) ?? emptyHead(RUN)).hash });
    expect(past).toEqual([]);
    expect(journal.handedOut).toEqual(pieces);
  });

  it.each([1, 256, 257, 600])('names record %i when it was changed', async (seq) => {
    const changed = seal(600).map((record) =>
      record.seq === seq ? { ...record, body: record.body.replace('1.0.0', '2.0.0') } : record,
    );
    await store(journal, changed);

    await expect(foldRun(journal, RUN)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED', seq });
  });

  it('does not take what it has read of a run that is forgotten meanwhile for the whole of it', async () => {
    await store(journal, seal(300));
    journal.losesRun = true;

    await expect(foldRun(journal, RUN)).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
  });
});

describe('readPieces', () => {
  it('goes on after what was read before', async () => {
    const journal = new WatchedJournal();
    const records = seal(700);
    await store(journal, records);

    const read: SealedRecord[] = [];
    for await (const piece of readPieces(journal, RUN, 100)) read.push(...piece);

    expect(read).toEqual(records.slice(100));
    expect(journal.handedOut).toEqual([256, 256, 88]);
  });
});
