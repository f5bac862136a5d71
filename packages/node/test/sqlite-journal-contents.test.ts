import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  type Blob,
  emptyHead,
  type Journal,
  type Lease,
  openRecords,
  sealRecord,
  sha256,
} from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';
import { startJournalProcess } from './journal-process.ts';

const LIMIT = 256 * 1_024;
const LARGE = 'é'.repeat(LIMIT / 2) + '!';
const HASH = sha256(LARGE);

describe('large contents', { timeout: 30_000 }, () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-contents-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  const folder = () => join(directory, 'blobs');
  const file = () => join(folder(), HASH);

  function open(): Journal {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
    onTestFinished(() => journal.close());
    return journal;
  }

  async function begin(journal: Journal, runId: string, texts: readonly string[]): Promise<Lease> {
    const lease = await journal.acquire(`run:${runId}`);
    const head = emptyHead(runId);
    const record = sealRecord(head, { runId, seq: 1, atMs: 0, type: 'test.begun', version: 1, data: null });
    const blobs: readonly Blob[] = texts.map((content) => ({ hash: sha256(content), content }));
    await journal.append({ runId, lease, previousHash: head.hash, records: [record], blobs });
    return lease;
  }

  it('are files, for the user alone, and the others are rows', async () => {
    const atLimit = 'x'.repeat(LIMIT);

    await begin(open(), 'r1', [LARGE, atLimit]);

    expect(readdirSync(folder())).toEqual([HASH]);
    expect(readFileSync(file(), 'utf8')).toBe(LARGE);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    await expect(open().readBlob(HASH)).resolves.toBe(LARGE);
    await expect(open().readBlob(sha256(atLimit))).resolves.toBe(atLimit);
  });

  it('are damaged when their file is missing, and the hash is named', async () => {
    await begin(open(), 'r1', [LARGE]);
    await rm(file());

    const refused = open().readBlob(HASH);

    await expect(refused).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_CONTENT_DAMAGED',
      hash: HASH,
      path: file(),
    });
  });

  it.each([
    ['changed', `?${LARGE.slice(1)}`],
    ['cut', LARGE.slice(1)],
    ['emptied', ''],
  ])('are damaged when their file was %s, and whole again when they are stored again', async (_, left) => {
    const journal = open();
    await begin(journal, 'r1', [LARGE]);
    writeFileSync(file(), left);

    await expect(journal.readBlob(HASH)).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_CONTENT_DAMAGED',
      hash: HASH,
    });
    await rm(file());
    await begin(open(), 'r2', [LARGE]);

    await expect(journal.readBlob(HASH)).resolves.toBe(LARGE);
  });

  it('are not disturbed by what a process left that died while it wrote one', async () => {
    const journal = open();
    const lease = await begin(journal, 'r1', [LARGE]);
    const [old, young] = [`${file()}.1-a.new`, `${file()}.2-b.new`];
    writeFileSync(old, 'half');
    writeFileSync(young, 'half');
    utimesSync(old, 0, 0);

    await expect(journal.readBlob(HASH)).resolves.toBe(LARGE);
    await journal.forget('r1', lease);

    expect(existsSync(old)).toBe(false);
    expect(existsSync(young)).toBe(true);
  });

  it('are not read under a name nobody stored, even when a file has it', async () => {
    const journal = open();
    await begin(journal, 'r1', [LARGE]);
    writeFileSync(join(folder(), sha256('never')), 'never');

    await expect(journal.readBlob(sha256('never'))).resolves.toBeUndefined();
    await expect(journal.readBlob('../journal.db')).resolves.toBeUndefined();
  });

  it('leave no row behind when their file cannot be written', async () => {
    const journal = open();
    await begin(journal, 'r1', []);
    writeFileSync(folder(), 'a file in the way');

    await expect(begin(journal, 'r2', [LARGE])).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNAVAILABLE' });

    await expect(journal.listRuns()).resolves.toEqual(['r1']);
    await expect(journal.readBlob(HASH)).resolves.toBeUndefined();
  });

  describe('of a run that is forgotten', () => {
    it('stay whole, with the run, when the process is killed before the commit', async () => {
      const journal = open();
      await journal.release(await begin(journal, 'r1', [LARGE, 'small']));
      const killed = await startJournalProcess(directory);

      await killed.tellToDie('dieForgetting', 'r1');

      expect(openRecords('r1', await journal.read('r1'))).toHaveLength(1);
      await expect(journal.readBlob(HASH)).resolves.toBe(LARGE);
      await expect(journal.readBlob(sha256('small'))).resolves.toBe('small');
      await expect(journal.listRuns()).resolves.toEqual(['r1']);
    });

    it('are gone, and their files with the next that is forgotten, when it is killed after the commit', async () => {
      const journal = open();
      await journal.release(await begin(journal, 'r1', [LARGE, 'small']));
      const killed = await startJournalProcess(directory);

      await killed.tellToDie('dieForgotten', 'r1');
      const between = existsSync(file());
      const found = [await journal.read('r1'), await journal.readBlob(HASH), await journal.listRuns()];
      await journal.forget('r2', await begin(journal, 'r2', []));

      expect(between).toBe(true);
      expect(found).toEqual([[], undefined, []]);
      expect(readdirSync(folder())).toEqual([]);
    });

    it('leave nothing of the run in the database or beside it', async () => {
      const journal = open();
      const lease = await begin(journal, 'r1', [LARGE, 'small']);
      await journal.post({ runId: 'r1', id: 'waits', body: '', atMs: 0 });

      await journal.forget('r1', lease);

      const database = new DatabaseSync(join(directory, 'journal.db'), { readOnly: true });
      const counts = ['runs', 'records', 'blobs', 'blob_uses', 'inbox'].map((table) =>
        Number(database.prepare(`select count(*) as count from ${table}`).get()?.['count']),
      );
      database.close();
      expect(counts).toEqual([0, 0, 0, 0, 0]);
      expect(readdirSync(folder())).toEqual([]);
      expect(readdirSync(join(directory, 'heads'))).toEqual([]);
    });
  });
});
