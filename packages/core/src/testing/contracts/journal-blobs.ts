import { expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import { emptyHead } from '../../journal/record-chain.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun } from './run-writer.ts';

/** Contents beside the records. */
export function journalBlobTests(current: () => JournalUnderTest): void {
  it('stores contents together with the records that name them', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    const texts = ['', 'short', 'é🙂\r\n', 'x'.repeat(300_000)];

    await journal.append(writer.request(emptyHead('run-a'), ['with contents'], texts));

    for (const text of texts) expect(await journal.readBlob(sha256(text))).toBe(text);
  });

  it('has no content under a hash nobody stored', async () => {
    const { journal } = current();

    expect(await journal.readBlob(sha256('never'))).toBeUndefined();
  });

  it('stores the same content once, however often it comes', async () => {
    const { journal, countBlobs } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];

    await journal.append(a.request(emptyHead('run-a'), ['first'], ['the same', 'the same']));
    await journal.append(b.request(emptyHead('run-b'), ['second'], ['the same']));

    expect(await journal.readBlob(sha256('the same'))).toBe('the same');
    if (countBlobs !== undefined) expect(await countBlobs()).toBe(1);
  });
}
