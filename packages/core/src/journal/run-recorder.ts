import type { Clock } from '../context/clock.ts';
import { followStep, type OpenStep } from '../durable/repeated-facts.ts';
import type { stepRecordSchemas } from '../durable/step-records.ts';
import { hasErrorCode } from '../errors/jarvis-error.ts';
import { sha256 } from './hash.ts';
import type { Blob, Journal } from './journal.ts';
import type { JournalRecord, RecordDraft, SealedRecord } from './journal-record.ts';
import type { Lease } from './lease.ts';
import { type ChainHead, sealRecord } from './record-chain.ts';
import { readRecordText } from './record-text.ts';
import { currentVersion, type Upcasts } from './upcast.ts';

/** The record that sets money aside for a call that is about to be made. */
const ANNOUNCES_PAYMENT: keyof typeof stepRecordSchemas = 'attempt.opened';

/** The record that begins a step. One that is begun by a reservation which is refused was never begun. */
const BEGINS_STEP: keyof typeof stepRecordSchemas = 'step.started';

/** A record that has its place and is not on disk yet. */
interface Pending {
  readonly sealed: SealedRecord;
  readonly type: string;
  readonly taken?: string;
}

/** What a {@link RunRecorder} writes to, and where it goes on. */
export interface RunRecorderOptions {
  readonly runId: string;
  readonly journal: Journal;
  readonly lease: Lease;
  readonly clock: Clock;
  /** Where the stored chain ends. */
  readonly head: ChainHead;
  /** Told each record the moment it has its place, before it is on disk. */
  readonly onRecord: (record: JournalRecord) => void;
  /** Says in which version each type of record is written. Default: all in version 1. */
  readonly upcasts?: Upcasts;
}

/** What else a record means, see {@link RunRecorder.defer}. */
export interface DeferOptions {
  /** The id of the inbox entry this record puts on record: it waits no more from the moment the record is on disk. */
  readonly taken?: string;
}

/**
 * The one writer of one run's records.
 *
 * A record is *deferred* when it only says what follows from records before it (an action was closed): losing it
 * in a crash changes nothing, so it travels with the next record that must be on disk before the run goes on.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions;
  #head: ChainHead;
  /** Known from this writer's own records: what an earlier process had open is started again. */
  #openStep: OpenStep | undefined;
  #storedHash: string;
  #pending: Pending[] = [];
  readonly #unstored = new Map<string, string>();
  readonly #stored = new Set<string>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: RunRecorderOptions) {
    this.#options = options;
    this.#head = options.head;
    this.#storedHash = options.head.hash;
  }

  /**
   * Gives a record its place; it reaches the disk with the next {@link RunRecorder.append}.
   *
   * @returns the record as every later reader will see it.
   */
  defer({ type, data }: RecordDraft, { taken }: DeferOptions = {}): JournalRecord {
    const { runId, clock, onRecord, upcasts = {} } = this.#options;
    const version = currentVersion(type, upcasts);
    const draft = { runId, seq: this.#head.seq + 1, atMs: clock.nowMs(), type, version, data };
    const sealed = sealRecord(this.#head, draft, this.#openStep);
    // What JSON cannot carry must be missing now, and not only after a crash.
    const record = readRecordText(sealed.body, draft, this.#openStep);
    // Whoever is told may refuse the record; then it never was.
    onRecord(record);
    this.#head = { seq: sealed.seq, hash: sealed.hash };
    this.#openStep = followStep(this.#openStep, record);
    this.#pending.push({ sealed, type, ...(taken === undefined ? {} : { taken }) });
    return record;
  }

  /** Keeps content beside the records and returns its hash, for a record to name. */
  keep(content: string): string {
    const hash = sha256(content);
    if (!this.#stored.has(hash)) this.#unstored.set(hash, content);
    return hash;
  }

  /** Content that was kept and is not on disk yet. */
  findKept(hash: string): string | undefined {
    return this.#unstored.get(hash);
  }

  /**
   * Gives records their place and resolves when they, and everything deferred before, are on disk. Once it has
   * failed it fails for ever: what is on disk is no longer known, and a gap must not come into being.
   *
   * @throws {@link StaleWriterError} when another process has taken the run over.
   */
  async append(...drafts: readonly RecordDraft[]): Promise<void> {
    for (const draft of drafts) this.defer(draft);
    this.#writing = this.#writing.then(() => this.#flush());
    await this.#writing;
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    try {
      await this.#store(pending);
    } catch (error) {
      // What came before a call that is not made costs nothing to keep, and is lost otherwise.
      if (hasErrorCode(error, 'JARVIS_JOURNAL_NO_SPACE')) await this.#store(beforePayment(pending));
      throw error;
    }
  }

  async #store(pending: readonly Pending[]): Promise<void> {
    const last = pending.at(-1);
    if (last === undefined) return;
    const { runId, journal, lease } = this.#options;
    const blobs: readonly Blob[] = [...this.#unstored].map(([hash, content]) => ({ hash, content }));
    const taken = pending.flatMap((each) => each.taken ?? []);
    await journal.append({
      runId,
      lease,
      previousHash: this.#storedHash,
      records: pending.map(({ sealed }) => sealed),
      blobs,
      ...(taken.length > 0 ? { taken } : {}),
      ...(pending.some(announcesPayment) ? { announcesPayment: true } : {}),
    });
    for (const { hash } of blobs) {
      this.#unstored.delete(hash);
      this.#stored.add(hash);
    }
    this.#storedHash = last.sealed.hash;
  }
}

function announcesPayment({ type }: Pending): boolean {
  return type === ANNOUNCES_PAYMENT;
}

/** The records up to the call that was refused; none when it was no call that was refused. */
function beforePayment(pending: readonly Pending[]): readonly Pending[] {
  if (!pending.some(announcesPayment)) return [];
  return pending.slice(
    0,
    pending.findIndex(({ type }) => type === ANNOUNCES_PAYMENT || type === BEGINS_STEP),
  );
}
