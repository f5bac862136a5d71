import {
  closeSync,
  constants,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import { type ChainHead, JournalDamagedError, type SealedRecord, sha256 } from '@jarvis/core';
import { z } from 'zod';

const FOLDER_NAME = 'heads';

const headSchema = z.object({ seq: z.int().nonnegative(), hash: z.string() });

/** Every note is this long, so that a new one covers the whole of the one before. */
const NOTE_BYTES = 128;

/**
 * Where each run's journal ends, written outside the database after each commit.
 *
 * SQLite drops the damaged end of its write-ahead log without a word, and a removed log or database looks like one
 * that was never there. The witness tells that records are lost. It may lag behind by what a crash kept from being
 * written, so it is asked only whether what it names is still there.
 */
export class HeadWitness {
  readonly #folder: string;
  /** Open files by run: writing to one takes microseconds, opening it takes as long as the commit before. */
  readonly #files = new Map<string, number>();

  constructor(directory: string) {
    this.#folder = join(directory, FOLDER_NAME);
  }

  /** Notes the new end of a run. */
  write(runId: string, { seq, hash }: ChainHead): void {
    try {
      const file = this.#files.get(runId) ?? this.#open(runId);
      writeSync(file, JSON.stringify({ seq, hash }).padEnd(NOTE_BYTES), 0);
    } catch {
      // The records are stored, so the append has succeeded: the note before stays true, it only proves less.
    }
  }

  /** Closes the file of a run, until something is noted again. */
  close(runId: string): void {
    const file = this.#files.get(runId);
    this.#files.delete(runId);
    if (file !== undefined) closeSync(file);
  }

  /** Forgets the end of a run that is forgotten. */
  remove(runId: string): void {
    this.close(runId);
    rmSync(this.#pathOf(runId), { force: true });
  }

  closeAll(): void {
    for (const runId of [...this.#files.keys()]) this.close(runId);
  }

  /** The last noted end of a run, to be asked for before the records are read; `undefined` when none was noted. */
  read(runId: string): ChainHead | undefined {
    const text = readIfThere(this.#pathOf(runId));
    if (text === undefined) return undefined;
    try {
      return headSchema.parse(JSON.parse(text));
    } catch {
      // It is not flushed, so a power cut may leave it empty. Such a note proves nothing, for or against.
      return undefined;
    }
  }

  /** Whether any run ever got a record here. */
  hasAny(): boolean {
    try {
      return readdirSync(this.#folder).length > 0;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  #open(runId: string): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = openSync(this.#pathOf(runId), constants.O_CREAT | constants.O_RDWR, 0o600);
    this.#files.set(runId, file);
    ftruncateSync(file, NOTE_BYTES);
    return file;
  }

  #pathOf(runId: string): string {
    // The hash of an id is a file name whatever the id is made of.
    return join(this.#folder, `${sha256(runId).slice(0, 32)}.json`);
  }
}

/** What was read of a run: its records after the one with that number. */
export interface ReadPart {
  readonly records: readonly SealedRecord[];
  readonly afterSeq: number;
  /** There may be more of them: what the run ends with was not looked for. */
  readonly isCut: boolean;
}

/** What is wrong when the witnessed end of a run is not among its records; `undefined` when it is, or was not read. */
export function findLoss(
  runId: string,
  { records, afterSeq, isCut }: ReadPart,
  witnessed: ChainHead | undefined,
): JournalDamagedError | undefined {
  if (witnessed === undefined || witnessed.seq <= afterSeq) return undefined;
  const lastSeq = records.at(-1)?.seq ?? afterSeq;
  if (lastSeq < witnessed.seq) {
    if (isCut) return undefined;
    const seq = lastSeq + 1;
    const problem = `records ${String(seq)} to ${String(witnessed.seq)} are lost`;
    return new JournalDamagedError({ runId, seq, problem });
  }
  if (records[witnessed.seq - afterSeq - 1]?.hash === witnessed.hash) return undefined;
  return new JournalDamagedError({
    runId,
    seq: witnessed.seq,
    problem: 'it is not the record that was written',
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
