import { z } from 'zod';

/** A record before it has its place in the journal. */
export interface RecordDraft<Type extends string = string, Data = unknown> {
  /** What happened, `subject.happened`. */
  readonly type: Type;
  /** The facts, as JSON. */
  readonly data: Data;
}

/** One thing that happened in a run. The records of a run, in order, are all there is to know about it. */
export interface JournalRecord<Type extends string = string, Data = unknown> extends RecordDraft<Type, Data> {
  readonly runId: string;
  /** Position in the run: 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** Wall-clock time of writing, milliseconds since 1970 UTC. Order comes from `seq`, never from here. */
  readonly atMs: number;
  /** Version of the shape of `data`. */
  readonly version: number;
}

/** A record as it is stored: its exact text, and the hash that ties it to the record before. */
export interface SealedRecord {
  readonly seq: number;
  /** The record as JSON text, without its run and place and without what earlier records say already. */
  readonly body: string;
  /** SHA-256 of the previous record's hash, the run, the place and `body`, byte for byte, with line feeds between. */
  readonly hash: string;
}

/** A record as version 1 of the journal has its text. */
export const journalRecordSchema = z.object({
  runId: z.string(),
  seq: z.int().positive(),
  atMs: z.number(),
  type: z.string(),
  version: z.int().positive(),
  data: z.unknown(),
});
