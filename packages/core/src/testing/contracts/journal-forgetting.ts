import { expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import type { Journal } from '../../journal/journal.ts';
import { emptyHead } from '../../journal/record-chain.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun, type RunWriter } from './run-writer.ts';

/** Larger than what is stored beside the records. */
const LARGE = 'large '.repeat(60_000);

/** What is left of a run that was forgotten. */
export function journalForgettingTests(current: () => JournalUnderTest): void {
  it('forgets the records of a run, its inbox and its contents', async () => {
    const { journal, reopen, countBlobs } = current();
    const writer = await begin(journal, 'run-a', ['small', LARGE]);
    await journal.post({ runId: 'run-a', id: 'waits', body: '', atMs: 0 });

    await journal.forget('run-a', writer.lease);

    for (const each of [journal, await reopen()]) {
      expect(await each.read('run-a')).toEqual([]);
      expect(await each.listRuns()).toEqual([]);
      expect(await each.readInbox('run-a')).toEqual([]);
      expect(await each.readBlob(sha256('small'))).toBeUndefined();
      expect(await each.readBlob(sha256(LARGE))).toBeUndefined();
    }
    if (countBlobs !== undefined) expect(await countBlobs()).toBe(0);
  });

  it('keeps other runs, and every content they use too', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a', ['shared', LARGE, 'of a alone']);
    const other = await begin(journal, 'run-b', ['shared', LARGE, 'of b alone']);

    await journal.forget('run-a', writer.lease);

    expect(await journal.listRuns()).toEqual(['run-b']);
    expect(await journal.read('run-b')).toEqual(other.written);
    for (const text of ['shared', LARGE, 'of b alone']) {
      expect(await journal.readBlob(sha256(text))).toBe(text);
    }
    expect(await journal.readBlob(sha256('of a alone'))).toBeUndefined();
  });

  it('forgets a content with the last run that uses it', async () => {
    const { journal } = current();
    const writers = [
      await begin(journal, 'run-a', [LARGE, 'x']),
      await begin(journal, 'run-b', [LARGE, 'x']),
    ];

    for (const { runId, lease } of writers) await journal.forget(runId, lease);

    expect(await journal.readBlob(sha256('x'))).toBeUndefined();
    expect(await journal.readBlob(sha256(LARGE))).toBeUndefined();
  });

  it('does not mind forgetting what is forgotten, and takes no post for it', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a', []);
    await journal.forget('run-a', writer.lease);

    await journal.forget('run-a', writer.lease);

    await expect(journal.post({ runId: 'run-a', id: 'late', body: '', atMs: 0 })).rejects.toMatchObject({
      code: 'JARVIS_RUN_NOT_FOUND',
    });
  });

  it('begins a run of the same name from nothing', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a', [LARGE]);
    await journal.forget('run-a', writer.lease);

    await journal.append(writer.request(emptyHead('run-a'), ['anew'], [LARGE]));

    expect(await journal.read('run-a')).toHaveLength(1);
    expect(await journal.readBlob(sha256(LARGE))).toBe(LARGE);
  });

  it('forgets nothing for who does not hold the lease on the run', async () => {
    const { journal, takeOver } = current();
    const writer = await begin(journal, 'run-a', ['kept']);
    const foreign = await journal.acquire('run:run-b');
    const stale = { code: 'JARVIS_JOURNAL_STALE_WRITER', runId: 'run-a' };

    await expect(journal.forget('run-a', foreign)).rejects.toMatchObject(stale);
    await takeOver('run:run-a');
    await expect(journal.forget('run-a', writer.lease)).rejects.toMatchObject(stale);

    expect(await journal.read('run-a')).toEqual(writer.written);
    expect(await journal.readBlob(sha256('kept'))).toBe('kept');
  });
}

async function begin(
  journal: Journal,
  runId: string,
  texts: readonly string[],
): Promise<RunWriter & { readonly runId: string }> {
  const writer = await openRun(journal, runId);
  const request = writer.request(emptyHead(runId), ['accepted'], texts);
  await journal.append(request);
  return { ...writer, written: request.records, runId };
}
