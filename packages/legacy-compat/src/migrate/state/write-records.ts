import { type ChainHead, type Clock, type Journal, type Lease, RunRecorder } from '@jarvis/core';

import type { DatedDraft } from './to-records.ts';

/** Where records are written, and after which. */
export interface RecordPlace {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly lease: Lease;
  readonly runId: string;
  readonly head: ChainHead;
}

/** Writes records with the moments they are about, and the contents they name: all of them, or none. */
export async function writeRecords(
  { clock, ...place }: RecordPlace,
  drafts: readonly DatedDraft[],
  contents: Iterable<string>,
): Promise<void> {
  let atMs = clock.nowMs();
  const dated = { ...clock, nowMs: () => atMs };
  const recorder = new RunRecorder({ ...place, clock: dated, onRecord: () => undefined });
  for (const content of contents) recorder.keep(content);
  for (const { type, data, atMs: moment } of drafts) {
    atMs = moment;
    recorder.defer({ type, data });
  }
  await recorder.append();
}
