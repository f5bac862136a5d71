import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Journal } from '@jarvis/core';
import { journalContract } from '@jarvis/core/testing/contracts';

import { readProcessIdentity } from '../context/process-identity.ts';
import { systemClock } from '../context/system-clock.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

journalContract('the SQLite journal', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jarvis-contract-'));
  const opened: Journal[] = [];
  const open = () => {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
    opened.push(journal);
    return journal;
  };

  return {
    journal: open(),
    reopen: () => Promise.resolve(open()),
    countBlobs: () => Promise.resolve(countBlobs(directory)),
    dispose: async () => {
      for (const journal of opened) await journal.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
});

function countBlobs(directory: string): number {
  const database = new DatabaseSync(join(directory, 'journal.db'));
  const row = database.prepare('select count(*) as count from blobs').get();
  database.close();
  return Number(row?.['count']);
}
