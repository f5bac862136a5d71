import type { SealedRecord } from './journal-record.ts';
import type { Lease, LeaseHolder } from './lease.ts';

/** Content stored under its own SHA-256, once however often it is used. */
export interface Blob {
  readonly hash: string;
  readonly content: string;
}

/** Something a run was told from outside: a decision, a wish to cancel, a change. */
export interface InboxEntry {
  /** Chosen by who posts it; the same id is the same entry, however often it is posted. */
  readonly id: string;
  /** What is said, as text. The journal does not look into it. */
  readonly body: string;
  /** Wall-clock time of posting, milliseconds since 1970 UTC. */
  readonly atMs: number;
}

/** An {@link InboxEntry} and the run it is for. */
export interface InboxPost extends InboxEntry {
  readonly runId: string;
}

/** What one {@link Journal.append} stores, and under which conditions. */
export interface AppendRequest {
  readonly runId: string;
  /** The lease on `run:<runId>` under which this is written. */
  readonly lease: Lease;
  /** The hash of the last stored record, or of the empty chain: the append is refused when it has moved. */
  readonly previousHash: string;
  readonly records: readonly SealedRecord[];
  /** Content the records refer to, stored together with them. Known hashes are skipped. */
  readonly blobs: readonly Blob[];
  /** Ids of inbox entries these records put on record; from then on they wait no more. */
  readonly taken?: readonly string[];
  /** The records announce something that will cost money: refused while the disk is nearly full. */
  readonly announcesPayment?: boolean;
}

/**
 * Where runs are kept: one gap-free, append-only sequence of records for each run, and the content they name.
 * Every implementation passes `journalContract` of `@jarvis/core/testing/contracts`.
 */
export interface Journal {
  /**
   * Takes the lease on a resource. A lease whose holder is dead is taken over with a higher epoch.
   *
   * @throws {@link LeaseHeldError} when the holder is alive.
   */
  acquire(resource: string): Promise<Lease>;

  /**
   * Tells who has the lease on a resource; `undefined` when it was never acquired or was given back. A look changes
   * nothing: a holder that slept too long is shown as it is and keeps what it has.
   */
  findHolder(resource: string): Promise<LeaseHolder | undefined>;

  /** Gives a lease back. Giving back what was taken over meanwhile has no effect. */
  release(lease: Lease): Promise<void>;

  /**
   * Stores records and blobs and takes inbox entries, all or nothing; this survives a crash of process and machine
   * once it resolves. Appends of several runs that wait at the same time may share a commit; each fails alone.
   *
   * Who has lost any lease on which its work rests writes nothing: checked are the lease of the request and every
   * lease on something other than a run (a workspace) that was acquired here and not given back.
   *
   * A content a record names is handed in by its own run: what only another run has used goes with that run.
   *
   * @throws {@link StaleWriterError} when one of these leases was taken over, the head has moved, or an entry to be
   * taken does not wait.
   * @throws an error with the code `JARVIS_JOURNAL_NO_SPACE` when there is no room; nothing of the request is stored then.
   */
  append(request: AppendRequest): Promise<void>;

  /**
   * The records of a run in order, all or those after the one with the number `afterSeq`, and of these the first
   * `limit` at most; empty when the run is unknown. Proving them is the reader's part. Who reads a long run in pieces
   * is done with the first piece that is not full: only then is it known that no record is missing at the end.
   */
  read(runId: string, afterSeq?: number, limit?: number): Promise<readonly SealedRecord[]>;

  /** The last record of a run, to see how it stands without reading it all; `undefined` when the run is unknown. */
  readLast(runId: string): Promise<SealedRecord | undefined>;

  /**
   * Leaves a message for a run, with or without its lease; it is on disk once this resolves. An id that was posted
   * to the run before, taken or not, changes nothing and is `known`.
   *
   * @throws {@link RunNotFoundError} when the run has no record.
   */
  post(post: InboxPost): Promise<'posted' | 'known'>;

  /** What was posted to a run and not taken yet, in the order it was posted; empty when the run is unknown. */
  readInbox(runId: string): Promise<readonly InboxEntry[]>;

  /**
   * Removes a run for ever: its records, its inbox, and every content no other run uses. A crash leaves it whole or
   * gone. Copies an adapter has made of its database, before a migration or of a damaged one, are not touched.
   * Forgetting it again has no effect. Whether it may be forgotten is for the caller to decide.
   *
   * @throws {@link StaleWriterError} when `lease` is not the held lease on that run.
   */
  forget(runId: string, lease: Lease): Promise<void>;

  /** The ids of all runs, newest first. */
  listRuns(): Promise<readonly string[]>;

  /** Content by its hash, or `undefined` when it is not stored. */
  readBlob(hash: string): Promise<string | undefined>;

  /** Lets go of files and leases. Calling it again has no effect. */
  close(): Promise<void>;
}
