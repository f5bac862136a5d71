import { cpSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  ChainReader,
  emptyHead,
  hasErrorCode,
  isJarvisError,
  type Journal,
  openRecords,
  sealRecord,
  sha256,
} from '@jarvis/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';

const RUN = 'r1';
const RECORDS = 40;
const PIECE = 8;
const CONTENT = 'a prompt';

function open(directory: string): Journal {
  return openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
}

async function appendRecords(journal: Journal): Promise<void> {
  const lease = await journal.acquire(`run:${RUN}`);
  let head = emptyHead(RUN);
  for (let seq = 1; seq <= RECORDS; seq += 1) {
    const record = { runId: RUN, seq, atMs: 0, type: 'test.done', version: 1, data: 'x'.repeat(seq * 20) };
    const sealed = sealRecord(head, record);
    const blobs = seq === 1 ? [{ hash: sha256(CONTENT), content: CONTENT }] : [];
    await journal.append({ runId: RUN, lease, previousHash: head.hash, records: [sealed], blobs });
    head = { seq, hash: sealed.hash };
  }
}

const readWhole = async (journal: Journal) => openRecords(RUN, await journal.read(RUN)).length;

/** The pieces end anywhere, and one of them with the run. */
async function readInPieces(journal: Journal): Promise<number> {
  const chain = new ChainReader(RUN);
  for (;;) {
    const piece = await journal.read(RUN, chain.seq, PIECE);
    chain.open(piece);
    if (piece.length < PIECE) return chain.seq;
  }
}

/** What a reader of the run gets: all records, or the error. */
async function readRun(directory: string, read = readWhole): Promise<unknown> {
  const journal = open(directory);
  try {
    return await read(journal);
  } catch (error) {
    return error;
  } finally {
    await journal.close();
  }
}

/** The same places in every run of the tests. */
function* places(count: number, size: number): Generator<number> {
  let state = 20_261_122;
  for (let index = 0; index < count; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state % size;
  }
}

/** `crashed`: with a write-ahead log, as a crash leaves it. `closed`: everything in the database. */
type State = 'crashed' | 'closed';

describe('a damaged journal', { timeout: 60_000 }, () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'jarvis-damage-'));
    const journal = open(join(root, 'closed'));
    await appendRecords(journal);
    cpSync(join(root, 'closed'), join(root, 'crashed'), { recursive: true });
    await journal.close();
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(root, 'case-'));
  });

  function copy(state: State): void {
    cpSync(join(root, state), directory, { recursive: true });
  }

  const inDirectory = (name: string) => join(directory, name);

  it('is whole before it is damaged', async () => {
    copy('crashed');

    await expect(readRun(directory)).resolves.toBe(RECORDS);
    await expect(readRun(directory, readInPieces)).resolves.toBe(RECORDS);
  });

  it.each([
    ['empty', ''],
    ['garbage', 'not a database '.repeat(1_000)],
    ['short', 'SQLite format 3\0'],
  ])('F25: is not begun anew when its file is %s', async (_, content) => {
    copy('closed');
    await writeFile(inDirectory('journal.db'), content);
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await expect(journal.read(RUN)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
    await expect(journal.listRuns()).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
    await expect(journal.acquire('run:new')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
    await expect(readFile(inDirectory('journal.db'), 'utf8')).resolves.toBe(content);
  });

  it.each<[string, readonly string[], State]>([
    ['alone', ['journal.db'], 'closed'],
    ['with its log', ['journal.db', 'journal.db-wal', 'journal.db-shm'], 'crashed'],
    ['without its log', ['journal.db'], 'crashed'],
  ])('F25: is not begun anew when its file was deleted %s', async (_, names, state) => {
    copy(state);
    await Promise.all(names.map((name) => rm(inDirectory(name))));
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await expect(journal.read(RUN)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
    await expect(journal.acquire('run:new')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
    await expect(readdir(directory)).resolves.not.toContain('journal.db');
  });

  it('F25: names the records that were lost with a deleted log', async () => {
    copy('crashed');
    await rm(inDirectory('journal.db-wal'));

    const found = await readRun(directory);

    expect(found).toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED', runId: RUN });
    expect(String(found)).toContain(`to ${String(RECORDS)} are lost`);
  });

  it.each([RECORDS - 1, RECORDS - PIECE, 1])(
    'names the records that are lost after record %i',
    async (seq) => {
      copy('closed');
      change(`delete from records where place & 4294967295 > ${String(seq)}`);
      const readLast = async (journal: Journal) => (await journal.readLast(RUN))?.seq ?? 0;

      for (const read of [readWhole, readInPieces, readLast]) {
        const found = await readRun(directory, read);
        expect(found).toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED', runId: RUN, seq: seq + 1 });
      }
    },
  );

  it('does not give a last record that is not the one that was written', async () => {
    copy('closed');
    change(`update records set hash = zeroblob(32) where place & 4294967295 = ${String(RECORDS)}`);
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await expect(journal.readLast(RUN)).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_DAMAGED',
      seq: RECORDS,
    });
  });

  it('F25: is whole without the index of its log', async () => {
    copy('crashed');
    await rm(inDirectory('journal.db-shm'));

    await expect(readRun(directory)).resolves.toBe(RECORDS);
  });

  it.each([1, 100, 2_000])('F24: shows that %d bytes were cut from its log', async (bytes) => {
    copy('crashed');
    const { size } = await stat(inDirectory('journal.db-wal'));
    await truncate(inDirectory('journal.db-wal'), size - bytes);

    await expect(readRun(directory)).resolves.toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED' });
  });

  it('F24: keeps a copy of the cut log, which SQLite removes when it closes the database', async () => {
    copy('crashed');
    await truncate(inDirectory('journal.db-wal'), 20_000);
    const cut = await readFile(inDirectory('journal.db-wal'));

    await readRun(directory);
    await readRun(directory);

    const names = await readdir(directory);
    const kept = names.filter((name) => /^journal\.db\.damaged-\d{8}T\d{6}Z-wal$/u.test(name));
    expect(kept).toHaveLength(1);
    expect(cut.equals(await readFile(inDirectory(kept[0] ?? '')))).toBe(true);
    expect(names.filter((name) => /^journal\.db\.damaged-\d{8}T\d{6}Z$/u.test(name))).toHaveLength(1);
  });

  it('F24: shows that its log was cut, at every border of a frame', async () => {
    copy('crashed');
    const log = await readFile(inDirectory('journal.db-wal'));
    const frame = 24 + log.readUInt32BE(8);
    const borders = Array.from(
      { length: Math.floor((log.length - 32) / frame) },
      (_, index) => 32 + index * frame,
    );

    const outcomes = [];
    for (const border of borders) {
      copy('crashed');
      await truncate(inDirectory('journal.db-wal'), border);
      outcomes.push(await readRun(directory), await readRun(directory, readInPieces));
    }

    expect(borders.length).toBeGreaterThan(RECORDS);
    expect(outcomes.filter((outcome) => !hasErrorCode(outcome, 'JARVIS_JOURNAL_DAMAGED'))).toEqual([]);
  });

  it.each<[string, State]>([
    ['journal.db', 'closed'],
    ['journal.db-wal', 'crashed'],
  ])('F24: is whole or refused after one bit of %s has flipped, in 200 places', async (name, state) => {
    const original = await readFile(join(root, state, name));

    const outcomes: unknown[] = [];
    for (const place of places(200, original.length)) {
      copy(state);
      const damaged = Buffer.from(original);
      damaged.writeUInt8(damaged.readUInt8(place) ^ (1 << (place % 8)), place);
      await writeFile(inDirectory(name), damaged);
      outcomes.push(await readRun(directory), await readRun(directory, readInPieces));
      await rm(inDirectory('journal.db-wal'), { force: true });
      await rm(inDirectory('journal.db-shm'), { force: true });
    }

    const codes = outcomes.map((outcome) => (isJarvisError(outcome) ? outcome.code : outcome));
    expect(codes.filter((code) => code !== RECORDS && !String(code).startsWith('JARVIS_JOURNAL_'))).toEqual(
      [],
    );
    expect(codes).toContain('JARVIS_JOURNAL_DAMAGED');
  });

  it('F26: names the record whose text was changed', async () => {
    copy('closed');
    change("update records set body = replace(body, 'test.done', 'test.gone') where place & 4294967295 = 17");

    const damaged = { code: 'JARVIS_JOURNAL_DAMAGED', seq: 17 };
    await expect(readRun(directory)).resolves.toMatchObject(damaged);
    await expect(readRun(directory, readInPieces)).resolves.toMatchObject(damaged);
  });

  it('notices content that was changed', async () => {
    copy('closed');
    change("update blobs set content = cast('another prompt' as blob)");
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await expect(journal.readBlob(sha256(CONTENT))).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_CONTENT_DAMAGED',
      hash: sha256(CONTENT),
    });
  });

  it('notices a lease that names no owner', async () => {
    copy('closed');
    change("update leases set owner = '{}', released = 0");
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await expect(journal.acquire(`run:${RUN}`)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
  });

  it('F27: refuses what a newer release wrote, and does not touch it', async () => {
    copy('closed');
    change('pragma user_version = 3');
    const before = await readFile(inDirectory('journal.db'));
    const journal = open(directory);
    onTestFinished(() => journal.close());

    const refused = { code: 'JARVIS_JOURNAL_TOO_NEW', version: 3, knownVersion: 2 };
    await expect(journal.read(RUN)).rejects.toMatchObject(refused);
    await expect(journal.acquire('run:new')).rejects.toMatchObject(refused);
    expect(before.equals(await readFile(inDirectory('journal.db')))).toBe(true);
    await expect(readdir(directory)).resolves.toEqual(['heads', 'journal.db']);
  });

  it('F27: refuses a newer version that is still in the log', async () => {
    copy('closed');
    const newer = new DatabaseSync(inDirectory('journal.db'));
    onTestFinished(() => {
      newer.close();
    });
    newer.exec('pragma user_version = 3');

    await expect(readRun(directory)).resolves.toMatchObject({ code: 'JARVIS_JOURNAL_TOO_NEW' });
  });

  it('refuses the database of another program', async () => {
    const other = new DatabaseSync(inDirectory('journal.db'));
    other.exec('create table notes (text)');
    other.close();

    await expect(readRun(directory)).resolves.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
  });

  it('refuses a journal whose tables are gone', async () => {
    copy('closed');
    change('drop table blobs');

    await expect(readRun(directory)).resolves.toMatchObject({ code: 'JARVIS_JOURNAL_UNREADABLE' });
  });

  it('is written ahead again after another program has switched that off', async () => {
    copy('closed');
    change('pragma journal_mode = delete');
    const journal = open(directory);
    onTestFinished(() => journal.close());

    await journal.acquire('run:new');

    await expect(readdir(directory)).resolves.toContain('journal.db-wal');
  });

  it('is not disturbed by bytes after its end', async () => {
    copy('closed');
    await appendFile(inDirectory('journal.db'), Buffer.alloc(4_096));

    await expect(readRun(directory)).resolves.toBe(RECORDS);
  });

  function change(sql: string): void {
    const database = new DatabaseSync(inDirectory('journal.db'));
    database.exec(sql);
    database.close();
  }
});
