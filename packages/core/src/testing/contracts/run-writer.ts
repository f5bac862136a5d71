import { sha256 } from '../../journal/hash.ts';
import type { AppendRequest, Journal } from '../../journal/journal.ts';
import type { SealedRecord } from '../../journal/journal-record.ts';
import type { Lease } from '../../journal/lease.ts';
import { type ChainHead, emptyHead, sealRecord } from '../../journal/record-chain.ts';

/** Seals records and appends them one after the other, as the one writer of a run does. */
export interface RunWriter {
  readonly lease: Lease;
  /** What was appended so far. */
  readonly written: readonly SealedRecord[];
  readonly append: (...notes: readonly string[]) => Promise<void>;
  /** A request for records after a head, with contents beside them; it is not sent. */
  readonly request: (head: ChainHead, notes: readonly string[], texts: readonly string[]) => AppendRequest;
}

/** Takes the lease on a run and gives what writes to it. */
export async function openRun(journal: Journal, runId: string): Promise<RunWriter> {
  const lease = await journal.acquire(`run:${runId}`);
  const written: SealedRecord[] = [];

  const request: RunWriter['request'] = (head, notes, texts) => ({
    runId,
    lease,
    previousHash: head.hash,
    records: sealNotes(runId, head, notes),
    blobs: texts.map((content) => ({ hash: sha256(content), content })),
  });

  return {
    lease,
    written,
    request,
    append: async (...notes) => {
      const next = request(written.at(-1) ?? emptyHead(runId), notes, []);
      await journal.append(next);
      written.push(...next.records);
    },
  };
}

function sealNotes(runId: string, head: ChainHead, notes: readonly string[]): readonly SealedRecord[] {
  const records: SealedRecord[] = [];
  for (const note of notes) {
    const previous = records.at(-1) ?? head;
    const record = { runId, seq: previous.seq + 1, atMs: 0, type: 'test.noted', version: 1, data: { note } };
    records.push(sealRecord(previous, record));
  }
  return records;
}
