import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type Blob, sha256 } from '@jarvis/core';

import { isDraft, placeDurably, syncPath } from './durable-file.ts';
import { ContentDamagedError } from './errors.ts';

const FOLDER_NAME = 'blobs';

/** A draft that is this old belongs to a process that died; writing one takes seconds. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Large contents of one project, each a file named by its hash. */
export class BlobFiles {
  readonly #folder: string;
  /** Hashes whose files are known to survive a power cut. */
  readonly #durable = new Set<string>();
  /** Whether the folder itself is known to. */
  #isFolderDurable = false;

  constructor(directory: string) {
    this.#folder = join(directory, FOLDER_NAME);
  }

  /** Has the content on disk, unless it is there. Cheap when it is. */
  store({ hash, content }: Blob): void {
    const path = join(this.#folder, hash);
    const bytes = Buffer.from(content);
    if (!this.#durable.has(hash)) this.#makeSure({ path, bytes, hash });
    else if (statSync(path, { throwIfNoEntry: false })?.size !== bytes.length) this.#write(path, bytes);
    this.#durable.add(hash);
  }

  /**
   * The content, or `undefined` when there is no file.
   *
   * @throws {@link ContentDamagedError} when the file holds something else.
   */
  read(hash: string): string | undefined {
    const path = join(this.#folder, hash);
    const bytes = readIfThere(path);
    if (bytes === undefined) return undefined;
    if (sha256(bytes) !== hash) throw new ContentDamagedError({ path, hash, problem: 'was changed' });
    return bytes.toString();
  }

  /** What is told when a file is missing that should be there. */
  missing(hash: string): ContentDamagedError {
    return new ContentDamagedError({ path: join(this.#folder, hash), hash, problem: 'is missing' });
  }

  /** Removes the files nobody uses, and the drafts of processes that died. */
  sweep(isUsed: (hash: string) => boolean, nowMs: number): void {
    for (const name of listIfThere(this.#folder)) {
      const path = join(this.#folder, name);
      if (isDraft(name) ? isAbandoned(path, nowMs) : !isUsed(name)) rmSync(path, { force: true });
    }
  }

  #makeSure({
    path,
    bytes,
    hash,
  }: {
    readonly path: string;
    readonly bytes: Buffer;
    readonly hash: string;
  }): void {
    const there = readIfThere(path);
    // What was damaged on disk is replaced by who has the right content in hand.
    if (there === undefined || sha256(there) !== hash) this.#write(path, bytes);
    else {
      // Another process may have given it its name just now, and not be done with the folders.
      this.#makeFolder();
      syncPath(this.#folder);
    }
  }

  #makeFolder(): void {
    const made = mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    if (made === undefined && this.#isFolderDurable) return;
    syncPath(dirname(this.#folder));
    this.#isFolderDurable = true;
  }

  #write(path: string, bytes: Buffer): void {
    this.#makeFolder();
    placeDurably(path, (draft) => {
      writeFileSync(draft, bytes);
    });
  }
}

function isAbandoned(path: string, nowMs: number): boolean {
  const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changedMs !== undefined && nowMs - changedMs > ABANDONED_AFTER_MS;
}

function readIfThere(path: string): Buffer | undefined {
  return orIfMissing(() => readFileSync(path), undefined);
}

function listIfThere(folder: string): readonly string[] {
  return orIfMissing(() => readdirSync(folder), []);
}

function orIfMissing<Found>(look: () => Found, missing: Found): Found {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing;
    throw error;
  }
}
