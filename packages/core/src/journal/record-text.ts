import { addRepeated, leaveOutRepeated, type OpenStep } from '../durable/repeated-facts.ts';
import { type JournalRecord, journalRecordSchema } from './journal-record.ts';

/** Ends the text of a record whose facts are not all there, since those before it tell the rest. */
const SHORTENED = 1;

/** Type, version, time and facts; run and place are where the text is kept. */
type RecordFacts = readonly [
  type: string,
  version: number,
  atMs: number,
  data: unknown,
  shortened?: typeof SHORTENED,
];

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
 * @throws SyntaxError, TypeError or ZodError when the text holds no record.
 */
export function readRecordText(
  text: string,
  place: Pick<JournalRecord, 'runId' | 'seq'>,
  open: OpenStep | undefined,
): JournalRecord {
  const value: unknown = JSON.parse(text);
  if (!isShortText(text)) return journalRecordSchema.parse(value);
  if (!isRecordFacts(value)) throw new TypeError('the text names no type, version, time and facts');
  const [type, version, atMs, data, shortened] = value;
  const { runId, seq } = place;
  const record = { runId, seq, atMs, type, version, data };
  return shortened === undefined ? record : { ...record, data: addRepeated(open, record) };
}

/** Said without a schema: it is asked four times for every model call, and once for each record of a run that goes on. */
function isRecordFacts(value: unknown): value is RecordFacts {
  if (!Array.isArray(value) || value.length < 4 || value.length > 5) return false;
  const facts: readonly unknown[] = value;
  const [type, version, atMs, , shortened = SHORTENED] = facts;
  const isVersion = typeof version === 'number' && Number.isSafeInteger(version) && version > 0;
  return typeof type === 'string' && isVersion && Number.isFinite(atMs) && shortened === SHORTENED;
}
