import type { SealedRecord } from './journal-record.ts';

/** The right to work on something, given to one holder at a time. */
export interface Lease {
  /** `run:<run id>` or `workspace:<real path>`. */
  readonly resource: string;
  /** Grows with every new holder; what an older holder still tries to write is refused. */
  readonly epoch: number;
}

/** Content stored under its own SHA-256, once however often it is used. */
export interface Blob {
  readonly hash: string;
  readonly content: string;
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

  /** Gives a lease back. Giving back what was taken over meanwhile has no effect. */
  release(lease: Lease): Promise<void>;

  /**
   * Stores records and blobs, all or nothing; they survive a crash of process and machine once this resolves.
   *
   * @throws {@link StaleWriterError} when the lease was taken over or the head has moved.
   */
  append(request: AppendRequest): Promise<void>;

  /** All records of a run in order; empty when the run is unknown. Proving them is the reader's part. */
  read(runId: string): Promise<readonly SealedRecord[]>;

  /** The ids of all runs, newest first. */
  listRuns(): Promise<readonly string[]>;

  /** Content by its hash, or `undefined` when it is not stored. */
  readBlob(hash: string): Promise<string | undefined>;

  /** Lets go of files and leases. Calling it again has no effect. */
  close(): Promise<void>;
}
