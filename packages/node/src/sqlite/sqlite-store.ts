import type { DatabaseSync, StatementSync } from 'node:sqlite';

import {
  type AppendRequest,
  type ChainHead,
  emptyHead,
  type InboxEntry,
  type InboxPost,
  type Lease,
  type LeaseHolder,
  RunNotFoundError,
  type SealedRecord,
  StaleWriterError,
} from '@jarvis/core';
import { z } from 'zod';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { BlobFiles } from './blob-files.ts';
import { JournalUnreadableError } from './errors.ts';
import { proveReserve } from './free-space.ts';
import type { Heartbeat } from './lease-owner.ts';
import { RUN } from './schema.ts';
import type { Outcome } from './shared-commits.ts';
import { SqliteBlobs } from './sqlite-blobs.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteLeases } from './sqlite-lease.ts';
import { inSavepoint, inTransaction } from './when-free.ts';

const recordRowsSchema = z.array(z.object({ seq: z.int(), body: z.string(), hash: z.string() }));
const headRowSchema = z.object({ seq: z.int(), hash: z.string() });
const runRowsSchema = z.array(z.object({ runId: z.string() }));

/** Where the records of a run begin; its record 1 is in the place after it. */
const FIRST_PLACE = `(${RUN} << 32)`;
const OF_RUN = `place between ${FIRST_PLACE} and ${FIRST_PLACE} + 4294967295`;
/** With a second bound below, all records before `?2` would be gone through. */
const OF_RUN_AFTER = `place > ${FIRST_PLACE} + ?2 and place <= ${FIRST_PLACE} + 4294967295`;
/** What SQLite takes for no limit at all. */
const NO_LIMIT = -1;
const SEQ_AND_HASH = 'place & 4294967295 as seq, lower(hex(hash)) as hash';

/** An append, and every lease under which its caller works. */
export interface LeasedAppend {
  readonly request: AppendRequest;
  readonly held: readonly Lease[];
}

/** What a {@link SqliteStore} works on. */
export interface StoreOptions {
  readonly database: DatabaseSync;
  readonly path: string;
  /** The folder of the project, with the files of large contents. */
  readonly directory: string;
  readonly readFreeBytes: (directory: string) => number;
}

/** What a writer without a lease is told. */
export function withoutLease(runId: string, resource = `run:${runId}`): StaleWriterError {
  return new StaleWriterError({ runId, problem: `the lease on ${resource} was taken over` });
}

/** An open database. Every method is synchronous and either done or without effect. */
export class SqliteStore {
  readonly #options: StoreOptions;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #files: BlobFiles;
  readonly #leases: SqliteLeases;
  readonly #inbox: SqliteInbox;
  readonly #blobs: SqliteBlobs;
  readonly #addRun: StatementSync;
  readonly #addRecord: StatementSync;
  readonly #head: StatementSync;
  readonly #records: StatementSync;
  readonly #last: StatementSync;
  readonly #runs: StatementSync;
  readonly #run: StatementSync;
  readonly #removeRecords: StatementSync;
  readonly #removeRun: StatementSync;

  constructor(options: StoreOptions) {
    const { database, path, directory } = options;
    this.#options = options;
    this.#path = path;
    this.#database = database;
    this.#files = new BlobFiles(directory);
    this.#leases = new SqliteLeases(database, path);
    this.#inbox = new SqliteInbox(database, path);
    this.#blobs = new SqliteBlobs(database, path, this.#files);
    this.#addRun = database.prepare('insert or ignore into runs (run_id) values (?)');
    this.#addRecord = database.prepare(
      `insert into records (place, body, hash) values (${FIRST_PLACE} + ?2, ?3, unhex(?4))`,
    );
    this.#head = database.prepare(
      `select ${SEQ_AND_HASH} from records where ${OF_RUN} order by place desc limit 1`,
    );
    this.#records = database.prepare(
      `select ${SEQ_AND_HASH}, body from records where ${OF_RUN_AFTER} order by place limit ?3`,
    );
    this.#last = database.prepare(
      `select ${SEQ_AND_HASH}, body from records where ${OF_RUN} order by place desc limit 1`,
    );
    this.#runs = database.prepare('select run_id as runId from runs order by ordinal desc');
    this.#run = database.prepare('select 1 from runs where run_id = ?');
    this.#removeRecords = database.prepare(`delete from records where ${OF_RUN}`);
    this.#removeRun = database.prepare('delete from runs where run_id = ?');
  }

  acquire(resource: string, identity: ProcessIdentity, now: Heartbeat): Lease {
    return inTransaction(this.#database, () => this.#leases.take(resource, identity, now));
  }

  findHolder(resource: string, identity: ProcessIdentity, now: Heartbeat): LeaseHolder | undefined {
    return this.#leases.findHolder(resource, identity, now);
  }

  beat(lease: Lease, now: Heartbeat): void {
    this.#leases.beat(lease, now);
  }

  release(leases: readonly Lease[]): void {
    inTransaction(this.#database, () => {
      for (const lease of leases) this.#leases.release(lease);
    });
  }

  /** Stores what is asked for in one commit, each request alone being all or nothing; gives the new ends of the runs. */
  append(appends: readonly LeasedAppend[]): readonly Outcome<ChainHead>[] {
    const prepared = appends.map((each) => ({ each, refusal: this.#findRefusal(each.request) }));
    return inTransaction(this.#database, () =>
      prepared.map(({ each, refusal }): Outcome<ChainHead> => {
        if (refusal !== undefined) return refusal;
        return inSavepoint(this.#database, () => this.#appendOne(each));
      }),
    );
  }

  post(post: InboxPost): 'posted' | 'known' {
    return inTransaction(this.#database, () => {
      if (!this.hasRun(post.runId)) throw new RunNotFoundError({ runId: post.runId });
      return this.#inbox.add(post);
    });
  }

  readInbox(runId: string): readonly InboxEntry[] {
    return this.#inbox.read(runId);
  }

  /** Removes what belongs to a run alone. `beforeCommit` removes what names it outside the database. */
  forget(runId: string, leases: readonly Lease[], beforeCommit: () => void): void {
    inTransaction(this.#database, () => {
      this.#proveLeases(runId, leases);
      this.#blobs.removeOf(runId);
      this.#inbox.removeOf(runId);
      this.#removeRecords.run(runId);
      this.#removeRun.run(runId);
      beforeCommit();
    });
  }

  /** Removes the files no run uses, also those a crash has left. */
  sweepFiles(nowMs: number): void {
    inTransaction(this.#database, () => {
      this.#files.sweep((hash) => this.#blobs.isUsed(hash), nowMs);
    });
  }

  read(runId: string, afterSeq: number, limit: number | undefined): readonly SealedRecord[] {
    return this.#parse(recordRowsSchema, this.#records.all(runId, afterSeq, limit ?? NO_LIMIT));
  }

  readLast(runId: string): SealedRecord | undefined {
    return this.#parse(recordRowsSchema, this.#last.all(runId)).at(0);
  }

  listRuns(): readonly string[] {
    return this.#parse(runRowsSchema, this.#runs.all()).map(({ runId }) => runId);
  }

  hasRun(runId: string): boolean {
    return this.#run.get(runId) !== undefined;
  }

  readBlob(hash: string): string | undefined {
    return this.#blobs.read(hash);
  }

  close(): void {
    this.#database.close();
  }

  /** What keeps a request from being tried, found before the lock is taken; its large contents are on disk after. */
  #findRefusal({ announcesPayment, blobs }: AppendRequest): { readonly error: unknown } | undefined {
    const { directory, readFreeBytes } = this.#options;
    try {
      if (announcesPayment === true) proveReserve(this.#path, readFreeBytes(directory));
      this.#blobs.prepare(blobs);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  #appendOne({ request, held }: LeasedAppend): ChainHead {
    const { runId, lease, previousHash, records, blobs, taken = [] } = request;
    this.#proveLeases(runId, [lease, ...held]);
    const head = this.#headOf(runId);
    if (head.hash !== previousHash) {
      throw new StaleWriterError({ runId, problem: 'the journal has moved on' });
    }
    if (records.some(({ seq }, index) => seq !== head.seq + 1 + index)) {
      throw new StaleWriterError({ runId, problem: `its records do not follow record ${String(head.seq)}` });
    }
    this.#inbox.take(runId, taken);
    if (head.seq === 0 && records.length > 0) this.#addRun.run(runId);
    for (const { seq, body, hash } of records) this.#addRecord.run(runId, seq, body, hash);
    this.#blobs.add(runId, blobs);
    return records.at(-1) ?? head;
  }

  #proveLeases(runId: string, leases: readonly Lease[]): void {
    if (leases[0]?.resource !== `run:${runId}`) throw withoutLease(runId);
    const lost = leases.find((each) => !this.#leases.isHeld(each));
    if (lost !== undefined) throw withoutLease(runId, lost.resource);
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
