import {
  type ChainHead,
  ChainReader,
  emptyHead,
  type Journal,
  type JournalRecord,
  type SealedRecord,
} from '@jarvis/core';

import { evolve } from './evolve.ts';
import { readPieces } from './read-pieces.ts';
import { parseRunRecord, type RunRecord } from './run-records.ts';
import { initialState, type RunState } from './run-state.ts';

/** A record of the past whose words no state tells. */
export type PastRecord = Extract<RunRecord, { readonly type: 'message.sent' | 'gate.expired' }>;

/** What is left of the records of a run, once they are read. */
export interface FoldedRun {
  readonly state: RunState;
  readonly past: readonly PastRecord[];
  /** Where its chain ends. */
  readonly head: ChainHead;
}

/**
 * Reads and proves what the journal holds of a run. Each record is let go of as soon as the state tells what it said:
 * together they take more room than all the rest.
 *
 * @throws {@link JournalDamagedError} when a record does not hold.
 * @throws {@link UnknownRecordError} when a later release wrote it.
 */
export async function foldRun(journal: Journal, runId: string): Promise<FoldedRun> {
  const chain = new ChainReader(runId);
  const past: PastRecord[] = [];
  let state = initialState;
  let head = emptyHead(runId);
  for await (const piece of readPieces(journal, runId)) {
    for (const record of openEach(chain, piece)) {
      const typed = parseRunRecord(record);
      state = evolve(state, typed);
      if (typed.type === 'message.sent' || typed.type === 'gate.expired') past.push(typed);
    }
    head = piece.at(-1) ?? head;
  }
  return { state, past, head };
}

function* openEach(chain: ChainReader, piece: readonly SealedRecord[]): Generator<JournalRecord, void> {
  for (const entry of piece) yield* chain.open([entry]);
}
