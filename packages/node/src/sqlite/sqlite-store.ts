import type { DatabaseSync, StatementSync } from 'node:sqlite';

import {
  type AppendRequest,
  type ChainHead,
  emptyHead,
  type Lease,
  type SealedRecord,
  sha256,
  StaleWriterError,
} from '@jarvis/core';
import { z } from 'zod';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { openConnection } from './connection.ts';
import { databasePath } from './database-file.ts';
import { JournalUnreadableError } from './errors.ts';
import type { Heartbeat } from './lease-owner.ts';
import { isBusy } from './sqlite-failure.ts';
import { SqliteLeases } from './sqlite-lease.ts';
import { inTransaction } from './when-free.ts';

const recordRowsSchema = z.array(z.object({ seq: z.int(), body: z.string(), hash: z.string() }));
const headRowSchema = z.object({ seq: z.int(), hash: z.string() });
const runRowsSchema = z.array(z.object({ runId: z.string() }));
const blobRowSchema = z.object({ content: z.instanceof(Uint8Array) });

/**
 * Opens the database a project directory has.
 *
 * @throws {@link JournalUnreadableError} when its tables are not those of a journal.
 */
export function openStore(directory: string): SqliteStore {
  const path = databasePath(directory);
  const database = openConnection(directory);
  try {
    return new SqliteStore(database, path);
  } catch (cause) {
    database.close();
    if (isBusy(cause)) throw cause;
    throw new JournalUnreadableError({ path, problem: 'its tables are not those of a journal', cause });
  }
}

/** An open database. Every method is synchronous and either done or without effect. */
export class SqliteStore {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #leases: SqliteLeases;
  readonly #addRun: StatementSync;
  readonly #addRecord: StatementSync;
  readonly #addBlob: StatementSync;
  readonly #head: StatementSync;
  readonly #records: StatementSync;
  readonly #runs: StatementSync;
  readonly #blob: StatementSync;
  readonly #run: StatementSync;

  constructor(database: DatabaseSync, path: string) {
    this.#path = path;
    this.#database = database;
    this.#leases = new SqliteLeases(database, path);
    this.#addRun = database.prepare('insert or ignore into runs (run_id) values (?)');
    this.#addRecord = database.prepare('insert into records (run_id, seq, body, hash) values (?, ?, ?, ?)');
    this.#addBlob = database.prepare('insert or ignore into blobs (hash, content) values (?, ?)');
    this.#head = database.prepare('select seq, hash from records where run_id = ? order by seq desc limit 1');
    this.#records = database.prepare('select seq, body, hash from records where run_id = ? order by seq');
    this.#runs = database.prepare('select run_id as runId from runs order by ordinal desc');
    this.#run = database.prepare('select 1 from runs where run_id = ?');
    this.#blob = database.prepare('select content from blobs where hash = ?');
  }

  /** What a writer without a lease is told. */
  static withoutLease(runId: string, resource = `run:${runId}`): StaleWriterError {
    return new StaleWriterError({ runId, problem: `the lease on ${resource} was taken over` });
  }

  acquire(resource: string, identity: ProcessIdentity, now: Heartbeat): Lease {
    return inTransaction(this.#database, () => this.#leases.take(resource, identity, now));
  }

  beat(lease: Lease, now: Heartbeat): void {
    this.#leases.beat(lease, now);
  }

  release(leases: readonly Lease[]): void {
    inTransaction(this.#database, () => {
      for (const lease of leases) this.#leases.release(lease);
    });
  }

  /** Stores records and blobs while the lease of the request and all of `leases` are held; gives the new end of the run. */
  append({ runId, lease, previousHash, records, blobs }: AppendRequest, leases: readonly Lease[]): ChainHead {
    return inTransaction(this.#database, () => {
      if (lease.resource !== `run:${runId}`) throw SqliteStore.withoutLease(runId);
      const lost = [lease, ...leases].find((each) => !this.#leases.isHeld(each));
      if (lost !== undefined) throw SqliteStore.withoutLease(runId, lost.resource);
      const head = this.#headOf(runId);
      if (head.hash !== previousHash)
        throw new StaleWriterError({ runId, problem: 'the journal has moved on' });
      if (records.some(({ seq }, index) => seq !== head.seq + 1 + index)) {
        throw new StaleWriterError({
          runId,
          problem: `its records do not follow record ${String(head.seq)}`,
        });
      }
      if (head.seq === 0 && records.length > 0) this.#addRun.run(runId);
      for (const { seq, body, hash } of records) this.#addRecord.run(runId, seq, body, hash);
      for (const { hash, content } of blobs) this.#addBlob.run(hash, Buffer.from(content));
      return records.at(-1) ?? head;
    });
  }

  read(runId: string): readonly SealedRecord[] {
    return this.#parse(recordRowsSchema, this.#records.all(runId));
  }

  listRuns(): readonly string[] {
    return this.#parse(runRowsSchema, this.#runs.all()).map(({ runId }) => runId);
  }

  hasRun(runId: string): boolean {
    return this.#run.get(runId) !== undefined;
  }

  readBlob(hash: string): string | undefined {
    const row = this.#blob.get(hash);
    if (row === undefined) return undefined;
    const { content } = this.#parse(blobRowSchema, row);
    if (sha256(content) !== hash) {
      throw new JournalUnreadableError({
        path: this.#path,
        problem: `the content stored as ${hash} was changed`,
      });
    }
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString();
  }

  close(): void {
    this.#database.close();
  }

  #headOf(runId: string): ChainHead {
    const row = this.#head.get(runId);
    return row === undefined ? emptyHead(runId) : this.#parse(headRowSchema, row);
  }

  #parse<Row>(schema: z.ZodType<Row>, rows: unknown): Row {
    const parsed = schema.safeParse(rows);
    if (parsed.success) return parsed.data;
    throw new JournalUnreadableError({
      path: this.#path,
      problem: 'its rows have another shape',
      cause: parsed.error,
    });
  }
}
