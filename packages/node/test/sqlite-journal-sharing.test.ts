import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, type Journal, type Lease, openRecords, sealRecord } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { HeadWitness } from '../src/sqlite/head-witness.ts';
import { openSqliteJournal, type SqliteJournalOptions } from '../src/sqlite/index.ts';

const RUNS = Array.from({ length: 12 }, (_, index) => `run-${String(index)}`);
const MB = 2 ** 20;

describe('appends of several runs that wait at the same time', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-sharing-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  function open(overrides: Partial<SqliteJournalOptions> = {}): Journal {
    const journal = openSqliteJournal({
      directory,
      identity: readProcessIdentity(),
      clock: systemClock,
      ...overrides,
    });
    onTestFinished(() => journal.close());
    return journal;
  }

  /** How many transactions the write-ahead log holds: the last frame of each says how large the database became. */
  async function countCommits(): Promise<number> {
    const log = await readFile(join(directory, 'journal.db-wal'));
    const frameSize = 24 + log.readUInt32BE(8);
    const salt = log.subarray(16, 24);
    let commits = 0;
    for (let at = 32; at + frameSize <= log.length; at += frameSize) {
      if (!log.subarray(at + 8, at + 16).equals(salt)) break;
      if (log.readUInt32BE(at + 4) > 0) commits += 1;
    }
    return commits;
  }

  const request = (runId: string, lease: Lease) => {
    const head = emptyHead(runId);
    const record = sealRecord(head, { runId, seq: 1, atMs: 0, type: 'test.begun', version: 1, data: null });
    return { runId, lease, previousHash: head.hash, records: [record], blobs: [] };
  };

  async function acquireAll(journal: Journal): Promise<readonly Lease[]> {
    const leases: Lease[] = [];
    for (const runId of RUNS) leases.push(await journal.acquire(`run:${runId}`));
    return leases;
  }

  it('make one commit, and each run is whole and witnessed', async () => {
    const journal = open();
    const requests = (await acquireAll(journal)).map((lease, index) => request(RUNS[index] ?? '', lease));
    const before = await countCommits();

    await Promise.all(requests.map((each) => journal.append(each)));

    const witness = new HeadWitness(directory);
    expect((await countCommits()) - before).toBe(1);
    for (const { runId, records } of requests) {
      expect(openRecords(runId, await journal.read(runId))).toHaveLength(1);
      expect(witness.read(runId)).toEqual({ seq: 1, hash: records[0]?.hash });
    }
  });

  it('make one commit each when none waits for another', async () => {
    const journal = open();
    const leases = await acquireAll(journal);
    const before = await countCommits();

    for (const [index, lease] of leases.entries()) await journal.append(request(RUNS[index] ?? '', lease));

    expect((await countCommits()) - before).toBe(RUNS.length);
  });

  it('share commits while turns of the runs overlap', async () => {
    const journal = open();
    const leases = await acquireAll(journal);
    const before = await countCommits();

    await Promise.all(
      leases.map(async (lease, index) => {
        const runId = RUNS[index] ?? '';
        let head = emptyHead(runId);
        for (let seq = 1; seq <= 5; seq += 1) {
          const facts = { runId, seq, atMs: 0, type: 'test.done', version: 1, data: null };
          const record = sealRecord(head, facts);
          await journal.append({ runId, lease, previousHash: head.hash, records: [record], blobs: [] });
          head = record;
        }
      }),
    );

    expect((await countCommits()) - before).toBeLessThan(RUNS.length);
    for (const runId of RUNS) expect(openRecords(runId, await journal.read(runId))).toHaveLength(5);
  });

  it('fail alone: one with a stale lease, one with a stale head, one that buys without space', async () => {
    let freeBytes = 1_000 * MB;
    const journal = open({ readFreeBytes: () => freeBytes });
    const requests = (await acquireAll(journal)).map((lease, index) => request(RUNS[index] ?? '', lease));
    const [staleLease, staleHead, buying, ...sound] = requests;
    if (staleLease === undefined || staleHead === undefined || buying === undefined)
      throw new Error('too few');
    await journal.release(staleLease.lease);
    freeBytes = 63 * MB;
    const before = await countCommits();

    const outcomes = await Promise.allSettled(
      [staleLease, { ...staleHead, previousHash: 'x' }, { ...buying, announcesPayment: true }, ...sound].map(
        (each) => journal.append(each),
      ),
    );

    expect(outcomes.slice(0, 3)).toMatchObject([
      { status: 'rejected', reason: { code: 'JARVIS_JOURNAL_STALE_WRITER', runId: staleLease.runId } },
      { status: 'rejected', reason: { code: 'JARVIS_JOURNAL_STALE_WRITER', runId: staleHead.runId } },
      { status: 'rejected', reason: { code: 'JARVIS_JOURNAL_NO_SPACE' } },
    ]);
    expect(outcomes.slice(3).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await countCommits()) - before).toBe(1);
    expect([...(await journal.listRuns())].sort()).toEqual(sound.map(({ runId }) => runId).sort());
  });

  it('are on disk before the journal lets go of its leases', async () => {
    const journal = open();
    const lease = await journal.acquire('run:r1');

    const appended = journal.append(request('r1', lease));
    await journal.close();

    await expect(appended).resolves.toBeUndefined();
    expect(await open().read('r1')).toHaveLength(1);
  });
});
