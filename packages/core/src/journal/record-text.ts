import { z } from 'zod';

import { addRepeated, leaveOutRepeated, type OpenStep } from '../durable/repeated-facts.ts';
import { type JournalRecord, journalRecordSchema } from './journal-record.ts';

/** Ends the text of a record whose facts are not all there, since those before it tell the rest. */
const SHORTENED = 1;

/** Type, version, time and facts; run and place are where the text is kept. */
const textSchema = z
  .tuple([z.string(), z.int().positive(), z.number(), z.unknown()])
  .rest(z.literal(SHORTENED))
  .refine((facts) => facts[3] !== undefined && facts.length <= 5);

/** Tells the texts of this release from those that name run and place themselves, as version 1 of the journal has them. */
export function isShortText(text: string): boolean {
  return text.startsWith('[');
}

/**
 * The text a record is stored as. `open` is the step that is open before it, as far as the writer has followed.
 *
 * @throws TypeError when JSON cannot carry its data.
 */
export function writeRecordText(record: JournalRecord, open?: OpenStep): string {
  const { type, version, atMs, data } = record;
  const left = leaveOutRepeated(open, record);
  // In a list it would pass for null.
  if (['undefined', 'function', 'symbol'].includes(typeof data))
    throw new TypeError(`a record ${type} needs data`);
  const facts = [type, version, atMs, left ?? data];
  return JSON.stringify(left === undefined ? facts : [...facts, SHORTENED]);
}

/**
 * The record in a stored text, without proving anything.
 *
 * @throws SyntaxError or ZodError when the text holds no record.
 */
export function readRecordText(
  text: string,
  place: Pick<JournalRecord, 'runId' | 'seq'>,
  open: OpenStep | undefined,
): JournalRecord {
  const value: unknown = JSON.parse(text);
  if (!isShortText(text)) return journalRecordSchema.parse(value);
  const [type, version, atMs, data, shortened] = textSchema.parse(value);
  const { runId, seq } = place;
  const record = { runId, seq, atMs, type, version, data };
  return shortened === undefined ? record : { ...record, data: addRepeated(open, record) };
}
