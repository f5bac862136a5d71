import { followStep, type OpenStep } from '../durable/repeated-facts.ts';
import { sha256 } from './hash.ts';
import { JournalDamagedError } from './journal-errors.ts';
import type { JournalRecord, SealedRecord } from './journal-record.ts';
import { isShortText, readRecordText, writeRecordText } from './record-text.ts';

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

/**
 * Ties a record to the one before it. Its data must be fit for JSON. With the step that is open before it, what
 * follows from the records of that step is left out of the text.
 */
export function sealRecord(previous: ChainHead, record: JournalRecord, open?: OpenStep): SealedRecord {
  const { runId, seq } = record;
  const body = writeRecordText(record, open);
  return { seq, body, hash: linkHash(previous, { runId, seq, body }) };
}

/**
 * Reads stored records back, proving on the way that none is missing, changed, moved or from another run.
 *
 * @throws {@link JournalDamagedError} naming the first sequence number that does not hold.
 */
export function openRecords(runId: string, sealed: readonly SealedRecord[]): readonly JournalRecord[] {
  return new ChainReader(runId).open(sealed);
}

/** Reads a run's records piece by piece, each piece proved as {@link openRecords} proves the whole. */
export class ChainReader {
  readonly #runId: string;
  #head: ChainHead;
  #open: OpenStep | undefined;

  constructor(runId: string) {
    this.#runId = runId;
    this.#head = emptyHead(runId);
  }

  /** The number of the last record that was read; 0 before the first. */
  get seq(): number {
    return this.#head.seq;
  }

  /**
   * Reads the records that follow those of the pieces before.
   *
   * @throws {@link JournalDamagedError} naming the first sequence number that does not hold.
   */
  open(sealed: readonly SealedRecord[]): readonly JournalRecord[] {
    return sealed.map((entry) => {
      proveLink(this.#runId, this.#head, entry);
      const record = readBody(this.#runId, entry, this.#open);
      this.#head = { seq: entry.seq, hash: entry.hash };
      this.#open = followStep(this.#open, record);
      return record;
    });
  }
}

function proveLink(runId: string, previous: ChainHead, entry: SealedRecord): void {
  const seq = previous.seq + 1;
  if (entry.seq !== seq) {
    throw new JournalDamagedError({ runId, seq, problem: `record ${String(entry.seq)} stands in its place` });
  }
  if (entry.hash !== linkHash(previous, { runId, ...entry })) {
    throw new JournalDamagedError({ runId, seq, problem: 'its checksum does not match' });
  }
}

function readBody(runId: string, { seq, body }: SealedRecord, open: OpenStep | undefined): JournalRecord {
  const record = parseBody({ runId, seq, body }, open);
  if (record.runId !== runId || record.seq !== seq) {
    throw new JournalDamagedError({ runId, seq, problem: 'it is not a record of this run' });
  }
  return record;
}

function parseBody({ runId, seq, body }: Link, open: OpenStep | undefined): JournalRecord {
  try {
    return readRecordText(body, { runId, seq }, open);
  } catch (cause) {
    throw new JournalDamagedError({ runId, seq, problem: 'it cannot be read as a record', cause });
  }
}

interface Link {
  readonly runId: string;
  readonly seq: number;
  readonly body: string;
}

/** A text that names its run and its place is hashed alone; what it names is proved when it is read. */
function linkHash({ hash }: ChainHead, { runId, seq, body }: Link): string {
  return sha256(isShortText(body) ? `${hash}\n${runId}\n${String(seq)}\n${body}` : `${hash}\n${body}`);
}
