import {
  emptyHead,
  type Journal,
  type Lease,
  openRecords,
  type SealedRecord,
  sealRecord,
  sha256,
} from '@jarvis/core';
import { parseRunRecord, projectRun, type RunRecord } from '@jarvis/loops';

import type { DatedDraft } from './to-records.ts';

/** What reading the records of a run comes to: the records, or why nobody could show the run. */
export type ReadBack = { readonly records: readonly RunRecord[] } | { readonly problem: string };

/** Reads stored records as everyone does who wants to see the run. */
export function readBack(runId: string, sealed: readonly SealedRecord[]): ReadBack {
  try {
    const records = openRecords(runId, sealed).map(parseRunRecord);
    return projectRun(records) === undefined ? { problem: 'it has no beginning' } : { records };
  } catch (error) {
    return { problem: describe(error) };
  }
}

/** Records that can be read again once they are written, or why not. */
export type PlannedRecords = { readonly sealed: readonly SealedRecord[] } | { readonly problem: string };

/** The records as they would be written behind earlier ones, with the moments they are about. Nothing is written. */
export function planRecords(
  runId: string,
  drafts: readonly DatedDraft[],
  earlier: readonly SealedRecord[] = [],
): PlannedRecords {
  try {
    const sealed = seal(runId, drafts, earlier);
    const read = readBack(runId, [...earlier, ...sealed]);
    return 'problem' in read ? read : { sealed };
  } catch (error) {
    return { problem: describe(error) };
  }
}

function seal(
  runId: string,
  drafts: readonly DatedDraft[],
  earlier: readonly SealedRecord[],
): readonly SealedRecord[] {
  let head = earlier.at(-1) ?? emptyHead(runId);
  return drafts.map((draft) => {
    const sealed = sealRecord(head, { ...draft, runId, seq: head.seq + 1, version: 1 });
    head = sealed;
    return sealed;
  });
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}

/** Where planned records are written, and behind which. */
export interface RecordPlace {
  readonly journal: Journal;
  readonly lease: Lease;
  readonly runId: string;
  readonly earlier?: readonly SealedRecord[];
}

/** Writes planned records and the contents they name: all of them, or none. */
export async function writeRecords(
  { journal, lease, runId, earlier = [] }: RecordPlace,
  records: readonly SealedRecord[],
  contents: Iterable<string>,
): Promise<void> {
  const { hash: previousHash } = earlier.at(-1) ?? emptyHead(runId);
  const blobs = [...contents].map((content) => ({ hash: sha256(content), content }));
  await journal.append({ runId, lease, previousHash, records, blobs });
}
