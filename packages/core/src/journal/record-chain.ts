import { sha256 } from './hash.ts';
import { JournalDamagedError } from './journal-errors.ts';
import { type JournalRecord, journalRecordSchema, type SealedRecord } from './journal-record.ts';

/** The end of a run's chain: what the next record is tied to. */
export interface ChainHead {
  /** Sequence number of the last record; 0 when there is none. */
  readonly seq: number;
  readonly hash: string;
}

/** The head of a run that has no record yet. Tied to the run, so that records cannot move between runs. */
export function emptyHead(runId: string): ChainHead {
  return { seq: 0, hash: sha256(`jarvis-journal:${runId}`) };
}

/** Ties a record to the one before it. Its data must be fit for JSON. */
export function sealRecord(previous: ChainHead, record: JournalRecord): SealedRecord {
  const body = JSON.stringify(record);
  return { seq: record.seq, body, hash: linkHash(previous.hash, body) };
}

/**
 * The record in a stored text, without proving anything.
 *
 * @throws SyntaxError or ZodError when the text holds no record.
 */
export function openBody(body: string): JournalRecord {
  return journalRecordSchema.parse(JSON.parse(body));
}

/**
 * Reads stored records back, proving on the way that none is missing, changed, moved or from another run.
 *
 * @throws {@link JournalDamagedError} naming the first sequence number that does not hold.
 */
export function openRecords(runId: string, sealed: readonly SealedRecord[]): readonly JournalRecord[] {
  let head = emptyHead(runId);
  return sealed.map((entry) => {
    const record = openRecord(runId, head, entry);
    head = { seq: entry.seq, hash: entry.hash };
    return record;
  });
}

function openRecord(runId: string, previous: ChainHead, entry: SealedRecord): JournalRecord {
  const seq = previous.seq + 1;
  if (entry.seq !== seq) {
    throw new JournalDamagedError({ runId, seq, problem: `record ${String(entry.seq)} stands in its place` });
  }
  if (entry.hash !== linkHash(previous.hash, entry.body)) {
    throw new JournalDamagedError({ runId, seq, problem: 'its checksum does not match' });
  }
  const record = readBody(runId, seq, entry.body);
  if (record.runId !== runId || record.seq !== seq) {
    throw new JournalDamagedError({ runId, seq, problem: 'it is not a record of this run' });
  }
  return record;
}

function readBody(runId: string, seq: number, body: string): JournalRecord {
  try {
    return openBody(body);
  } catch (cause) {
    throw new JournalDamagedError({ runId, seq, problem: 'it cannot be read as a record', cause });
  }
}

function linkHash(previousHash: string, body: string): string {
  return sha256(`${previousHash}\n${body}`);
}
