import { execFile } from 'node:child_process';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { openRecords, sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';

const FROZEN = fileURLToPath(new URL('fixtures/journals/v0.1.0', import.meta.url));
const WORKER = fileURLToPath(new URL('fixtures/migration-worker.ts', import.meta.url));
const RUN = 'run-1';
const identity = readProcessIdentity();

describe('a journal of version 1', { timeout: 30_000 }, () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-migration-'));
    cpSync(FROZEN, directory, { recursive: true });
    return () => rm(directory, { recursive: true, force: true });
  });

  function open() {
    const journal = openSqliteJournal({ directory, identity, clock: systemClock });
    onTestFinished(() => journal.close());
    return journal;
  }

  function query(sql: string, name = 'journal.db'): readonly unknown[] {
    const database = new DatabaseSync(join(directory, name), { readOnly: true });
    const rows = database.prepare(sql).all();
    database.close();
    return rows.map((row) => Object.values(row)[0]);
  }

  function change(sql: string): void {
    const database = new DatabaseSync(join(directory, 'journal.db'));
    database.exec(sql);
    database.close();
  }

  function usesOf(runId: string, what: string): string {
    return `select ${what} from blob_uses join runs on run = ordinal where run_id = '${runId}'`;
  }

  /** Migrates in another process; gives the signal that ended it. */
  function migrateUntil(place: string): Promise<unknown> {
    const ending = Promise.withResolvers<unknown>();
    execFile(process.execPath, ['--conditions=@jarvis/source', WORKER, directory, place], (error) => {
      ending.resolve(error === null ? 'ended' : error.signal);
    });
    return ending.promise;
  }

  it('F27: gets the new tables, and keeps its records and their proof', async () => {
    const before = query('select body || hash from records order by seq');

    const records = openRecords(RUN, await open().read(RUN));

    expect(records).toHaveLength(70);
    expect(query('pragma user_version')).toEqual([2]);
    expect(query('select body || lower(hex(hash)) from records order by place')).toEqual(before);
  });

  it('F27: can be gone on with', async () => {
    const journal = open();
    const lease = await journal.acquire(`run:${RUN}`);
    const head = (await journal.read(RUN)).at(-1);

    await journal.post({ runId: RUN, id: 'late', body: 'hello', atMs: 0 });
    await journal.append({
      runId: RUN,
      lease,
      previousHash: head?.hash ?? '',
      records: [],
      blobs: [],
      taken: ['late'],
    });

    expect(lease.epoch).toBe(2);
    expect(await journal.readInbox(RUN)).toEqual([]);
  });

  it('F27: leaves a copy of itself beside it, for the user alone', async () => {
    await open().listRuns();

    expect(query('pragma user_version', 'journal.db.v1')).toEqual([1]);
    expect(query('select count(*) from records', 'journal.db.v1')).toEqual([70]);
    expect(statSync(join(directory, 'journal.db.v1')).mode & 0o777).toBe(0o600);
  });

  it('knows afterwards which contents its run uses, also those that only another content names', async () => {
    const inner = 'named by a content';
    const outer = JSON.stringify({ part: sha256(inner) });
    const insert = (text: string) =>
      change(`insert into blobs values ('${sha256(text)}', cast('${text}' as blob))`);
    insert(inner);
    insert(outer);
    insert('named by nobody');
    change(`insert into records values ('run-2', 1, '{"hash":"${sha256(outer)}"}', 'x')`);

    const journal = open();
    await journal.listRuns();

    expect(query(usesOf('run-2', 'lower(hex(hash))')).toSorted()).toEqual(
      [sha256(inner), sha256(outer)].toSorted(),
    );
    expect(query(usesOf(RUN, 'count(*)'))).toEqual([8]);
    await expect(journal.readBlob(sha256('named by nobody'))).resolves.toBe('named by nobody');
  });

  it('can have its run forgotten, contents and all', async () => {
    const journal = open();
    const lease = await journal.acquire(`run:${RUN}`);

    await journal.forget(RUN, lease);

    expect(query('select count(*) from blobs')).toEqual([0]);
    expect(await journal.listRuns()).toEqual([]);
  });

  it('is not migrated under a living process of the older release', async () => {
    const beat = `beat_monotonic_ms = ${String(systemClock.monotonicMs())}`;
    change(`update leases set released = 0, ${beat}, owner = '${JSON.stringify(identity)}'`);

    const refused = open().read(RUN);

    await expect(refused).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
    expect(query('pragma user_version')).toEqual([1]);
    expect(readdirSync(directory)).not.toContain('journal.db.v1');
  });

  it('is migrated once by processes that open it at the same instant', async () => {
    const endings = await Promise.all(['', '', ''].map(migrateUntil));

    expect(endings.filter((ending) => ending === 'ended').length).toBeGreaterThan(0);
    expect(openRecords(RUN, await open().read(RUN))).toHaveLength(70);
    expect(readdirSync(directory).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it.each([
    ['backed-up', 1],
    ['changed', 1],
    ['committed', 2],
  ])('F27: is old or new when its process is killed at "%s", and opens after it', async (place, version) => {
    const ending = await migrateUntil(place);

    expect(ending).toBe('SIGKILL');
    expect(query('pragma user_version')).toEqual([version]);
    expect(query('select count(*) from records', 'journal.db.v1')).toEqual([70]);
    expect(openRecords(RUN, await open().read(RUN))).toHaveLength(70);
    expect(query('pragma user_version')).toEqual([2]);
  });
});
