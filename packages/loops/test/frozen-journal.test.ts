import { DatabaseSync } from 'node:sqlite';

import { emptyHead, MemoryJournal, RunRecorder, type SealedRecord } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import { readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

const FROZEN = new URL('../../node/test/fixtures/journals/', import.meta.url);
const RUN = 'run-1';

function readSealed(release: string): readonly SealedRecord[] {
  // Opened in place, SQLite would put its files beside what must stay as it is.
  const address = new URL(`${release}/journal.db?immutable=1`, FROZEN);
  const database = new DatabaseSync(address, { readOnly: true });
  const rows = database.prepare('select seq, body, hash from records order by seq').all();
  database.close();
  return rows.map((row) => ({
    seq: Number(row['seq']),
    body: String(row['body']),
    hash: String(row['hash']),
  }));
}

async function store(records: readonly SealedRecord[]) {
  const journal = new MemoryJournal();
  const lease = await journal.acquire(`run:${RUN}`);
  await journal.append({ runId: RUN, lease, previousHash: emptyHead(RUN).hash, records, blobs: [] });
  return { journal, lease };
}

describe('a run of release v0.1.0', () => {
  it('F27: comes to the same end, the same costs and the same commits as ever', async () => {
    const { journal } = await store(readSealed('v0.1.0'));

    const { status, cost, rounds } = await readRun(journal, RUN);

    const model = { model: 'gpt-4.1-mini', cachedInputTokens: 0 };
    expect(status).toBe('done');
    expect(cost).toEqual({
      capUsd: 1,
      spentUsd: 0.0027584,
      inDoubtUsd: 0,
      inDoubtCalls: 0,
      calls: 5,
      lines: [
        { ...model, role: 'manager', calls: 3, inputTokens: 3_016, outputTokens: 162, usd: 0.0014656 },
        { ...model, role: 'employee', calls: 2, inputTokens: 2_432, outputTokens: 200, usd: 0.0012928 },
      ],
    });
    expect(rounds.map(({ commit }) => commit)).toEqual([
      { id: '5ecb09a1deb75baaa526e041ae50460541406d32', subject: 'JARVIS round 1: changes needed' },
      { id: '1abf5daffff913956703e1f2586406d37dbd340d', subject: 'JARVIS round 2: approved' },
    ]);
  });

  it('F27: reads the same when its records are written anew in the form of today, in less than two thirds', async () => {
    const old = readSealed('v0.1.0');
    const { journal } = await store(old);
    const records = await readRunRecords(journal, RUN);

    const { journal: today, lease } = await store([]);
    const start = { runId: RUN, journal: today, lease, clock: new FixedClock(), head: emptyHead(RUN) };
    const recorder = new RunRecorder({ ...start, onRecord: () => undefined });
    await recorder.append(...records.map(({ type, data }) => ({ type, data })));

    expect((await readRunRecords(today, RUN)).map(({ type, data }) => ({ type, data }))).toEqual(
      records.map(({ type, data }) => ({ type, data })),
    );
    const sizeOf = (sealed: readonly SealedRecord[]) => sealed.map(({ body }) => body).join('').length;
    expect(sizeOf(await today.read(RUN))).toBeLessThan((sizeOf(old) * 2) / 3);
  });
});
