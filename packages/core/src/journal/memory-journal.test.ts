import { describe, expect, it } from 'vitest';

import { journalContract } from '../testing/contracts/index.ts';
import { MemoryJournal } from './memory-journal.ts';

journalContract('MemoryJournal', async () => {
  const journal = new MemoryJournal();
  const takeOver = async (resource: string) => void journal.takeOver(resource);
  return { journal, reopen: async () => journal, takeOver, dispose: () => journal.close() };
});

describe('MemoryJournal', () => {
  it('says that the lease is held in this process', async () => {
    const journal = new MemoryJournal();
    await journal.acquire('run:run-1');

    await expect(journal.acquire('run:run-1')).rejects.toMatchObject({
      owner: 'another holder in this process',
    });
  });
});
