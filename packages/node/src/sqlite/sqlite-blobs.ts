import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { type Blob, sha256 } from '@jarvis/core';
import { z } from 'zod';

import type { BlobFiles } from './blob-files.ts';
import { ContentDamagedError, JournalUnreadableError } from './errors.ts';
import { RUN } from './schema.ts';

/** Contents of more bytes than this are files of their own. */
const LARGEST_ROW_BYTES = 256 * 1_024;

const blobRowSchema = z.object({ content: z.instanceof(Uint8Array) });

/** The contents of one journal, and which run uses which. Each method belongs into one transaction of the caller. */
export class SqliteBlobs {
  readonly #path: string;
  readonly #files: BlobFiles;
  readonly #add: StatementSync;
  readonly #use: StatementSync;
  readonly #find: StatementSync;
  readonly #isUsed: StatementSync;
  readonly #removeOf: StatementSync;
  readonly #removeUses: StatementSync;

  constructor(database: DatabaseSync, path: string, files: BlobFiles) {
    this.#path = path;
    this.#files = files;
    this.#add = database.prepare(
      'insert into blobs (hash, content) values (unhex(?), ?) on conflict do nothing',
    );
    this.#use = database.prepare(
      'insert into blob_uses (hash, run) select unhex(?), ordinal from runs where run_id = ? on conflict do nothing',
    );
    this.#find = database.prepare('select content from blobs where hash = unhex(?)');
    this.#isUsed = database.prepare('select 1 from blob_uses where hash = unhex(?)');
    this.#removeOf = database.prepare(
      `delete from blobs where hash in (
         select own.hash from blob_uses own where own.run = ${RUN} and not exists (
           select 1 from blob_uses other where other.hash = own.hash and other.run <> own.run))`,
    );
    this.#removeUses = database.prepare(`delete from blob_uses where run = ${RUN}`);
  }

  /** Writes what becomes a file, which needs no lock and takes longer than all the rest. */
  prepare(blobs: readonly Blob[]): void {
    for (const blob of blobs) if (isLarge(blob)) this.#files.store(blob);
  }

  add(runId: string, blobs: readonly Blob[]): void {
    for (const blob of blobs) {
      // Files are removed under the lock only: what is there now stays until this is committed.
      if (isLarge(blob)) this.#files.store(blob);
      else this.#add.run(blob.hash, Buffer.from(blob.content));
      this.#use.run(blob.hash, runId);
    }
  }

  /** @throws {@link ContentDamagedError} when it was stored and is not there, or not the same. */
  read(hash: string): string | undefined {
    const row = this.#find.get(hash);
    if (row !== undefined) return this.#readRow(hash, row);
    if (!this.isUsed(hash)) return undefined;
    const content = this.#files.read(hash);
    // Between the two looks its last run may have been forgotten.
    if (content === undefined && this.isUsed(hash)) throw this.#files.missing(hash);
    return content;
  }

  isUsed(hash: string): boolean {
    return this.#isUsed.get(hash) !== undefined;
  }

  /** Removes what no other run uses; files stay until they are swept. */
  removeOf(runId: string): void {
    this.#removeOf.run(runId);
    this.#removeUses.run(runId);
  }

  #readRow(hash: string, row: unknown): string {
    const path = this.#path;
    const parsed = blobRowSchema.safeParse(row);
    if (!parsed.success) {
      throw new JournalUnreadableError({ path, problem: 'its rows have another shape', cause: parsed.error });
    }
    const { content } = parsed.data;
    if (sha256(content) !== hash) throw new ContentDamagedError({ path, hash, problem: 'was changed' });
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString();
  }
}

function isLarge({ content }: Blob): boolean {
  return Buffer.byteLength(content) > LARGEST_ROW_BYTES;
}
