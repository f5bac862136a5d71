import {
  emptyHead,
  type Lease,
  type LeaseHolder,
  MemoryJournal,
  type SealedRecord,
  sealRecord,
} from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';
import { beforeEach, describe, expect, it } from 'vitest';

import { followLog } from './follow-log.ts';

const RUN = 'run-1';

const notes = {
  resumed: { type: 'run.resumed', version: 2, data: { release: '1.0.0' } },
  paused: {
    type: 'run.paused',
    version: 1,
    data: { status: 'waiting', reason: 'gate_waiting', message: 'Somebody is asked.' },
  },
} as const;

/** A journal that keeps count of what is read, and whose holders a test may choose. */
class WatchedJournal extends MemoryJournal {
  readonly handedOut: number[] = [];
  holders: (LeaseHolder | undefined)[] = [];

  override async read(runId: string, afterSeq = 0): Promise<readonly SealedRecord[]> {
    const records = await super.read(runId, afterSeq);
    this.handedOut.push(records.length);
    return records;
  }

  override async findHolder(): Promise<LeaseHolder | undefined> {
    return this.holders.shift();
  }
}

let journal: WatchedJournal;
let lease: Lease;
let told: (readonly RunRecord[])[];

beforeEach(async () => {
  journal = new WatchedJournal();
  lease = await journal.acquire(`run:${RUN}`);
  told = [];
});

async function write(...names: readonly (keyof typeof notes)[]): Promise<void> {
  const stored = await MemoryJournal.prototype.read.call(journal, RUN);
  const first = stored.at(-1) ?? emptyHead(RUN);
  const records: SealedRecord[] = [];
  for (const name of names) {
    const head = records.at(-1) ?? first;
    records.push(sealRecord(head, { runId: RUN, seq: head.seq + 1, atMs: 0, ...notes[name] }));
  }
  await journal.append({ runId: RUN, lease, previousHash: first.hash, records, blobs: [] });
}

/** Follows; before the look with that number, counted from 1, something happens. */
function follow(before: Readonly<Record<number, () => Promise<void>>> = {}, lastLook = 100) {
  let look = 1;
  return followLog({
    journal,
    runId: RUN,
    tell: (records) => told.push(records),
    pause: async () => {
      look += 1;
      await before[look]?.();
      return look <= lastLook;
    },
  });
}

const silent: LeaseHolder = {
  owner: 'process 4711 on bakery',
  process: 'alive',
  heldUntilMs: 0,
  mayBeTakenOver: true,
};

describe('followLog', () => {
  it('reads each record once, however often it looks', async () => {
    await write('resumed', 'resumed');

    const end = await follow({ 3: () => write('resumed'), 5: () => write('resumed', 'paused') });

    expect(end).toBe('still');
    expect(journal.handedOut).toEqual([2, 0, 1, 0, 2]);
    expect(told.flat().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends when nobody has the run', async () => {
    await write('resumed');
    journal.holders = [undefined];

    expect(await follow()).toBe('abandoned');
  });

  it.each(['dead', 'unknown'] as const)('ends when its holder is silent and %s', async (process) => {
    await write('resumed');
    journal.holders = [{ ...silent, process }];

    expect(await follow()).toBe('abandoned');
  });

  it('waits for a process that sleeps', async () => {
    await write('resumed');
    journal.holders = [silent, silent];

    expect(await follow({ 25: () => write('paused') })).toBe('still');
    expect(journal.holders).toEqual([]);
  });

  it('waits for a process of another machine that gives signs of life', async () => {
    await write('resumed');
    journal.holders = [{ ...silent, process: 'unknown', mayBeTakenOver: false }];

    expect(await follow({ 12: () => write('paused') })).toBe('still');
  });

  it('stops when it is told to', async () => {
    await write('resumed');

    expect(await follow({}, 3)).toBe('stopped');
  });

  it('does not follow a run there is none of', async () => {
    await expect(follow()).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
  });
});
