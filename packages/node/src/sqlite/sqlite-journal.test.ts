import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  type Clock,
  emptyHead,
  type Journal,
  type Lease,
  openRecords,
  sealRecord,
  sha256,
} from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { readProcessIdentity } from '../context/process-identity.ts';
import { systemClock } from '../context/system-clock.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const identity = readProcessIdentity();

function sealedRun(runId: string, count: number) {
  let head = emptyHead(runId);
  return Array.from({ length: count }, (_, index) => {
    const sealed = sealRecord(head, {
      runId,
      seq: index + 1,
      atMs: 0,
      type: 'test.done',
      version: 1,
      data: index,
    });
    head = { seq: sealed.seq, hash: sealed.hash };
    return sealed;
  });
}

describe('openSqliteJournal', () => {
  let root: string;
  let directory: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
    directory = join(root, 'projects', 'bakery');
    return () => rm(root, { recursive: true, force: true });
  });

  function open(overrides: Partial<Parameters<typeof openSqliteJournal>[0]> = {}): Journal {
    const journal = openSqliteJournal({ directory, identity, clock: systemClock, ...overrides });
    onTestFinished(() => journal.close());
    return journal;
  }

  async function begin(journal: Journal, runId: string): Promise<Lease> {
    const lease = await journal.acquire(`run:${runId}`);
    const previousHash = emptyHead(runId).hash;
    await journal.append({ runId, lease, previousHash, records: sealedRun(runId, 2), blobs: [] });
    return lease;
  }

  it('creates nothing while it is only asked', async () => {
    const journal = open();

    await expect(journal.read('r1')).resolves.toEqual([]);
    await expect(journal.listRuns()).resolves.toEqual([]);
    await expect(journal.readBlob(sha256('x'))).resolves.toBeUndefined();
    await journal.release({ resource: 'run:r1', epoch: 1 });
    await journal.close();

    await expect(readdir(root)).resolves.toEqual([]);
  });

  it('refuses to append without a lease, and creates nothing for it', async () => {
    const lease = { resource: 'run:r1', epoch: 1 };
    const previousHash = emptyHead('r1').hash;

    const refused = open().append({
      runId: 'r1',
      lease,
      previousHash,
      records: sealedRun('r1', 1),
      blobs: [],
    });

    await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    await expect(readdir(root)).resolves.toEqual([]);
  });

  it('sees what another journal made after it was opened', async () => {
    const early = open();
    await expect(early.listRuns()).resolves.toEqual([]);

    await begin(open(), 'r1');

    await expect(early.listRuns()).resolves.toEqual(['r1']);
  });

  it('finds everything again after it was closed', async () => {
    const first = open();
    const lease = await begin(first, 'r1');
    const content = 'prompt\0with "everything" – ✓ \u{1F9C1}';
    const previousHash = sealedRun('r1', 2)[1]?.hash ?? '';
    const blobs = [{ hash: sha256(content), content }];
    await first.append({ runId: 'r1', lease, previousHash, records: sealedRun('r1', 3).slice(2), blobs });
    await first.close();

    const second = open();

    expect(openRecords('r1', await second.read('r1'))).toHaveLength(3);
    await expect(second.readBlob(sha256(content))).resolves.toBe(content);
  });

  it('keeps every file readable for the user alone', async () => {
    await begin(open(), 'r1');

    const names = await readdir(directory, { recursive: true });
    const modes = await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(directory, name));
        return [name.replace(/[0-9a-f]{32}/u, '<run>'), (found.mode & 0o777).toString(8)];
      }),
    );

    expect(Object.fromEntries(modes)).toEqual({
      'journal.db': '600',
      'journal.db-shm': '600',
      'journal.db-wal': '600',
      heads: '700',
      'heads/<run>.json': '600',
    });
    expect(((await stat(directory)).mode & 0o777).toString(8)).toBe('700');
    expect(((await stat(join(root, 'projects'))).mode & 0o777).toString(8)).toBe('700');
  });

  it('takes rights to its folder away from others', async () => {
    const open0777 = await mkdtemp(join(root, 'shared-'));
    await chmod(open0777, 0o777);

    await open({ directory: open0777 }).acquire('run:r1');

    expect(((await stat(open0777)).mode & 0o777).toString(8)).toBe('700');
  });

  it('stores nothing of an append whose records do not follow one another', async () => {
    const journal = open();
    const lease = await journal.acquire('run:r1');
    const records = sealedRun('r1', 2);
    const twice = [...records, ...records];

    const failed = journal.append({
      runId: 'r1',
      lease,
      previousHash: emptyHead('r1').hash,
      records: twice,
      blobs: [{ hash: sha256('x'), content: 'x' }],
    });

    await expect(failed).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    await expect(journal.read('r1')).resolves.toEqual([]);
    await expect(journal.listRuns()).resolves.toEqual([]);
    await expect(journal.readBlob(sha256('x'))).resolves.toBeUndefined();
  });

  it('refuses an append to one run under the lease on another', async () => {
    const journal = open();
    const lease = await journal.acquire('run:r1');

    const refused = journal.append({
      runId: 'r2',
      lease,
      previousHash: emptyHead('r2').hash,
      records: sealedRun('r2', 1),
      blobs: [],
    });

    await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER', runId: 'r2' });
  });

  describe('when a lease of it was taken over', () => {
    const later: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + 31_000 };
    const next = sealedRun('r1', 3).slice(2);
    const previousHash = sealedRun('r1', 2)[1]?.hash ?? '';

    it.each(['run:r1', 'workspace:/bakery'])('F18: appends nothing any more without %s', async (resource) => {
      const slept = open();
      await slept.acquire('workspace:/bakery');
      const lease = await begin(slept, 'r1');
      await open({ clock: later }).acquire(resource);

      const refused = slept.append({ runId: 'r1', lease, previousHash, records: next, blobs: [] });

      await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER', runId: 'r1' });
      await expect(refused).rejects.toThrow(`the lease on ${resource} was taken over`);
      await expect(slept.read('r1')).resolves.toHaveLength(2);
    });

    it('F18: appends nothing when who took it over has ended, too', async () => {
      const slept = open();
      await slept.acquire('workspace:/bakery');
      const lease = await begin(slept, 'r1');
      const other = open({ clock: later });
      await other.release(await other.acquire('workspace:/bakery'));

      const refused = slept.append({ runId: 'r1', lease, previousHash, records: next, blobs: [] });

      await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    });

    it('appends again once the lost lease was given back and taken anew', async () => {
      const slept = open();
      const folder = await slept.acquire('workspace:/bakery');
      const lease = await begin(slept, 'r1');
      const other = open({ clock: later });
      await other.release(await other.acquire('workspace:/bakery'));

      await slept.release(folder);
      await slept.acquire('workspace:/bakery');
      await slept.append({ runId: 'r1', lease, previousHash, records: next, blobs: [] });

      await expect(slept.read('r1')).resolves.toHaveLength(3);
    });
  });

  it('gives its leases back when it is closed', async () => {
    const first = open();
    await first.acquire('run:r1');
    await first.acquire('workspace:/bakery');
    await first.close();

    const second = open();

    await expect(second.acquire('run:r1')).resolves.toMatchObject({ epoch: 2 });
    await expect(second.acquire('workspace:/bakery')).resolves.toMatchObject({ epoch: 2 });
  });

  it('does not give back a lease that was taken over', async () => {
    const stopped = open({ identity: { ...identity, processStartedAt: 'earlier' } });
    const lost = await stopped.acquire('run:r1');
    const journal = open();
    await journal.acquire('run:r1');

    await stopped.release(lost);

    await expect(open().acquire('run:r1')).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
  });

  it('cannot be used once it is closed', async () => {
    const journal = open();
    await begin(journal, 'r1');

    await journal.close();
    await journal.close();

    await expect(journal.read('r1')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_CLOSED' });
    await expect(journal.acquire('run:r1')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_CLOSED' });
  });

  it('leaves one file of the database when the last one closes it', async () => {
    const journal = open();
    await begin(journal, 'r1');

    await journal.close();

    await expect(readdir(directory)).resolves.toEqual(['heads', 'journal.db']);
  });

  describe('its heartbeat', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'hrtime', 'Date'] });
    });

    afterEach(() => {
      vi.useRealTimers();
    });

    const elsewhere = { ...identity, host: 'another-machine', bootId: 'another-boot' };

    it('keeps the lease as long as the holder lives', async () => {
      await open().acquire('run:r1');

      vi.advanceTimersByTime(3_600_000);

      await expect(open({ identity: elsewhere }).acquire('run:r1')).rejects.toMatchObject({
        code: 'JARVIS_LEASE_HELD',
      });
    });

    it('ends with the lease', async () => {
      const journal = open();
      const lease = await journal.acquire('run:r1');
      await journal.release(lease);
      const before = lastBeat();

      vi.advanceTimersByTime(31_000);

      expect(lastBeat()).toEqual(before);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('ends with the journal, and leaves no timer', async () => {
      const journal = open();
      await journal.acquire('run:r1');

      await journal.close();

      expect(vi.getTimerCount()).toBe(0);
    });

    it('does not bring back a lease that was taken over', async () => {
      const stopped = open({ identity: { ...identity, processStartedAt: 'earlier' } });
      await stopped.acquire('run:r1');
      const next = open();
      await next.acquire('run:r1');
      await next.close();
      const before = lastBeat();

      vi.advanceTimersByTime(60_000);

      expect(lastBeat()).toEqual(before);
    });

    it('F18: does not forget a lease that was taken over', async () => {
      const stopped = open({ identity: { ...identity, processStartedAt: 'earlier' } });
      await stopped.acquire('workspace:/bakery');
      const lease = await stopped.acquire('run:r1');
      await open().acquire('workspace:/bakery');

      vi.advanceTimersByTime(20_000);

      const previousHash = emptyHead('r1').hash;
      const records = sealedRun('r1', 1);
      await expect(stopped.append({ runId: 'r1', lease, previousHash, records, blobs: [] })).rejects.toThrow(
        'the lease on workspace:/bakery was taken over',
      );
    });

    it('survives that the database is locked for a moment', async () => {
      await open().acquire('run:r1');
      const blocker = new DatabaseSync(join(directory, 'journal.db'));
      blocker.exec('begin immediate');
      vi.advanceTimersByTime(10_000);
      blocker.exec('rollback');
      blocker.close();

      vi.advanceTimersByTime(10_000);

      expect(lastBeat()).toEqual({ wallMs: Date.now() });
    });

    function lastBeat() {
      const database = new DatabaseSync(join(directory, 'journal.db'));
      const beat = database.prepare('select beat_wall_ms as wallMs from leases').get();
      database.close();
      return { ...beat };
    }
  });
});
