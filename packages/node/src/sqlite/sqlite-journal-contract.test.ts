import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Clock, Journal } from '@jarvis/core';
import { journalContract } from '@jarvis/core/testing/contracts';

import { readProcessIdentity } from '../context/process-identity.ts';
import { systemClock } from '../context/system-clock.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

journalContract('the SQLite journal', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jarvis-contract-'));
  const opened: Journal[] = [];
  const open = (clock: Clock = systemClock) => {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock });
    opened.push(journal);
    return journal;
  };

  return {
    journal: open(),
    reopen: () => Promise.resolve(open()),
    takeOver: async (resource) => {
      await open({ ...systemClock, monotonicMs: () => systemClock.monotonicMs() + 31_000 }).acquire(resource);
    },
    countBlobs: async () => countRows(directory) + (await countFiles(directory)),
    dispose: async () => {
      for (const journal of opened) await journal.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
});

function countRows(directory: string): number {
  const database = new DatabaseSync(join(directory, 'journal.db'));
  const row = database.prepare('select count(*) as count from blobs').get();
  database.close();
  return Number(row?.['count']);
}

async function countFiles(directory: string): Promise<number> {
  return (await readdir(directory, { recursive: true })).filter((name) => name.startsWith('blobs/')).length;
}
