import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, type Journal, openRecords, sealRecord } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';
import { startJournalProcess } from './journal-process.ts';

const TRIES = 100;

describe('a journal that several processes use', { timeout: 60_000 }, () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  function open(): Journal {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
    onTestFinished(() => journal.close());
    return journal;
  }

  /** The journal, as it is seen when that much time has passed on the machine. */
  function openLater(ms: number): Journal {
    const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + ms };
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock });
    onTestFinished(() => journal.close());
    return journal;
  }

  it('F19: gives a free lease to exactly one of two that ask at the same instant', async () => {
    const [one, other] = await Promise.all([startJournalProcess(directory), startJournalProcess(directory)]);

    for (let round = 1; round <= TRIES; round += 1) {
      const resource = `run:try-${String(round)}`;
      const answers = await Promise.all([one.ask('acquire', resource), other.ask('acquire', resource)]);

      const winner = 'value' in answers[0] ? one : other;
      expect(answers).toContainEqual({ value: 1 });
      expect(answers).toContainEqual({
        code: 'JARVIS_LEASE_HELD',
        owner: `process ${String(winner.pid)} on ${hostname()}`,
      });
    }
  });

  it('F19: gives the lease of a killed process to exactly one of two that ask at the same instant', async () => {
    const resources = Array.from({ length: TRIES }, (_, index) => `run:try-${String(index)}`);
    const dead = await startJournalProcess(directory);
    for (const resource of resources) await dead.ask('acquire', resource);
    const [one, other] = await Promise.all([startJournalProcess(directory), startJournalProcess(directory)]);
    await dead.kill();

    for (const resource of resources) {
      const answers = await Promise.all([one.ask('acquire', resource), other.ask('acquire', resource)]);

      expect(answers).toContainEqual({ value: 2 });
      expect(answers).toContainEqual(expect.objectContaining({ code: 'JARVIS_LEASE_HELD' }));
    }
  });

  it('refuses a lease that a living process holds, naming it', async () => {
    const holder = await startJournalProcess(directory);
    await holder.ask('acquire', 'workspace:/home/ada/bakery');

    await expect(open().acquire('workspace:/home/ada/bakery')).rejects.toMatchObject({
      code: 'JARVIS_LEASE_HELD',
      resource: 'workspace:/home/ada/bakery',
      owner: `process ${String(holder.pid)} on ${hostname()}`,
    });
  });

  it('F20: takes over from a killed process at once, with what it had stored', async () => {
    const holder = await startJournalProcess(directory);
    await holder.ask('begin', 'r1');

    await holder.kill();
    const journal = open();
    const lease = await journal.acquire('run:r1');

    expect(lease.epoch).toBe(2);
    expect(openRecords('r1', await journal.read('r1'))).toMatchObject([{ seq: 1, data: holder.pid }]);
  });

  it('F18: keeps a process out whose lease was taken over while it slept', async () => {
    const journal = open();
    const lease = await journal.acquire('run:r1');
    const later = openSqliteJournal({
      directory,
      identity: { ...readProcessIdentity(), pid: process.pid + 1 },
      clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + 600_000 },
    });
    onTestFinished(() => later.close());

    const taken = await later.acquire('run:r1');

    const head = emptyHead('r1');
    const record = sealRecord(head, {
      runId: 'r1',
      seq: 1,
      atMs: 0,
      type: 'test.late',
      version: 1,
      data: null,
    });
    const late = { runId: 'r1', lease, previousHash: head.hash, records: [record], blobs: [] };
    expect(taken.epoch).toBe(2);
    await expect(journal.append(late)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    await expect(journal.read('r1')).resolves.toEqual([]);
  });

  it('F18: refuses what a stopped process writes after it was taken over and woken', async () => {
    const sleeper = await startJournalProcess(directory);
    await sleeper.ask('acquire', 'workspace:/home/ada/bakery');
    await sleeper.ask('begin', 'r1');

    await sleeper.sleepFor(async () => {
      await expect(open().acquire('run:r1')).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
      const later = openLater(31_000);
      const lease = await later.acquire('run:r1');
      const head = (await later.read('r1')).at(-1) ?? emptyHead('r1');
      await later.append({ runId: 'r1', lease, previousHash: head.hash, records: [], blobs: [] });
      expect(lease.epoch).toBe(2);
    });
    const answer = await sleeper.ask('goOn', 'r1');

    expect(answer).toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    expect(await open().read('r1')).toHaveLength(1);
  });

  it('takes nothing from a stopped process by looking who it is: it wakes up and still owns its run', async () => {
    const sleeper = await startJournalProcess(directory);
    await sleeper.ask('begin', 'r1');
    const owner = `process ${String(sleeper.pid)} on ${hostname()}`;

    await sleeper.sleepFor(async () => {
      const before = Date.now();
      const found = await openLater(31_000).findHolder('run:r1');

      expect(found).toMatchObject({ owner, process: 'alive', mayBeTakenOver: true });
      expect(found?.heldUntilMs).toBeLessThan(before);
    });
    const answer = await sleeper.ask('goOn', 'r1');

    expect(answer).toEqual({ value: expect.any(String) as string });
    expect(await open().read('r1')).toHaveLength(2);
    expect(await open().findHolder('run:r1')).toMatchObject({ owner, mayBeTakenOver: false });
  });

  it('sees that the process of a lease is gone, and leaves the lease where it is', async () => {
    const holder = await startJournalProcess(directory);
    await holder.ask('begin', 'r1');
    await holder.kill();

    const found = await open().findHolder('run:r1');

    expect(found).toMatchObject({ process: 'dead', mayBeTakenOver: true });
    expect(await open().findHolder('run:r1')).toMatchObject({ owner: found?.owner });
  });

  it('F29: steals no lease from a living process, however the wall clock jumps', async () => {
    const holder = await startJournalProcess(directory);
    await holder.ask('begin', 'r1');

    const day = 86_400_000;
    for (const nowMs of [Date.now() + day, Date.now() - day, 0, -day]) {
      const journal = openSqliteJournal({
        directory,
        identity: readProcessIdentity(),
        clock: { ...systemClock, nowMs: () => nowMs },
      });
      onTestFinished(() => journal.close());
      await expect(journal.acquire('run:r1')).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
    }

    expect(await holder.ask('goOn', 'r1')).toHaveProperty('value');
  });

  it('keeps what several processes post at the same instant, each entry once', async () => {
    const writer = await startJournalProcess(directory);
    await writer.ask('begin', 'r1');
    const posters = await Promise.all([1, 2, 3].map(() => startJournalProcess(directory)));

    const answers = await Promise.all(posters.map((poster) => poster.ask('post', 'r1')));

    const posted = answers.map((answer) => ('value' in answer ? Number(answer.value) : NaN));
    expect(posted.reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(await open().readInbox('r1')).toHaveLength(10);
  });

  it('F28: lets eight processes that start on an empty directory all begin their runs', async () => {
    const processes = await Promise.all(
      Array.from({ length: 8 }, () => startJournalProcess(join(directory, 'new'))),
    );

    const answers = await Promise.all(
      processes.map((each, index) => each.ask('begin', `run-${String(index)}`)),
    );
    await Promise.all(processes.map((each) => each.ask('close')));

    const journal = openSqliteJournal({
      directory: join(directory, 'new'),
      identity: readProcessIdentity(),
      clock: systemClock,
    });
    onTestFinished(() => journal.close());
    expect(answers.filter((answer) => 'value' in answer)).toHaveLength(8);
    expect([...(await journal.listRuns())].sort()).toEqual(
      processes.map((_, index) => `run-${String(index)}`),
    );
    expect((await readdir(join(directory, 'new'))).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('keeps nothing of a transaction whose process was killed before the commit', async () => {
    const holder = await startJournalProcess(directory);
    await holder.ask('begin', 'r1');

    await holder.tellToDie('dieBeforeCommit', 'r1');

    expect(openRecords('r1', await open().read('r1'))).toHaveLength(1);
  });

  it('gives up with a coded error when another program keeps the database locked', async () => {
    const blocker = await startJournalProcess(directory);
    await blocker.ask('begin', 'r1');
    await blocker.ask('lock');
    let nowMs = 0;
    const impatient = { ...systemClock, monotonicMs: () => (nowMs += 4_000), sleep: () => Promise.resolve() };
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: impatient });

    const refused = journal.acquire('run:r2');

    await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_BUSY', retryable: true });
    await blocker.kill();
    await expect(journal.acquire('run:r2')).resolves.toMatchObject({ epoch: 1 });
    await journal.close();
  });
});
