import { ChainReader, type Journal, RunNotFoundError } from '@jarvis/core';

import { readPieces } from '../engine/read-pieces.ts';
import { type Accepted, parseRunRecord, type RunRecord } from '../engine/run-records.ts';
import { projectRun, type RunView } from './project-run.ts';

/**
 * All records of a run, proved and typed.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link JournalDamagedError} when a record does not hold.
 */
export async function readRunRecords(journal: Journal, runId: string): Promise<readonly RunRecord[]> {
  return new RunReader(journal, runId).readNew();
}

/**
 * What a run was accepted with, by its first record alone; `undefined` when there is no such run.
 *
 * @throws {@link JournalDamagedError} when the record does not hold.
 */
export async function readAccepted(journal: Journal, runId: string): Promise<Accepted | undefined> {
  const [first] = new ChainReader(runId).open(await journal.read(runId, 0, 1)).map(parseRunRecord);
  return first?.type === 'run.accepted' ? first.data : undefined;
}

/** Reads a run that goes on: each time what was written since. */
export class RunReader {
  readonly #journal: Journal;
  readonly #runId: string;
  readonly #chain: ChainReader;

  constructor(journal: Journal, runId: string) {
    this.#journal = journal;
    this.#runId = runId;
    this.#chain = new ChainReader(runId);
  }

  /**
   * The records that were not read before, proved and typed; at first all.
   *
   * @throws {@link RunNotFoundError} when there is no such run.
   * @throws {@link JournalDamagedError} when a record does not hold.
   */
  async readNew(): Promise<readonly RunRecord[]> {
    const { seq } = this.#chain;
    const records: RunRecord[] = [];
    for await (const piece of readPieces(this.#journal, this.#runId, seq)) {
      for (const record of this.#chain.open(piece)) records.push(parseRunRecord(record));
    }
    if (seq + records.length === 0) throw new RunNotFoundError({ runId: this.#runId });
    return records;
  }
}

/**
 * The view of one run. Needs no lease: it may be read while the run is driven elsewhere.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link JournalDamagedError} when a record does not hold.
 */
export async function readRun(journal: Journal, runId: string): Promise<RunView> {
  const view = projectRun(await readRunRecords(journal, runId));
  if (view === undefined) throw new RunNotFoundError({ runId });
  return view;
}
