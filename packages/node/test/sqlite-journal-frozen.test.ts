import { cpSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { openRecords, sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';

const FROZEN = fileURLToPath(new URL('fixtures/journals', import.meta.url));
const RELEASES = ['v0.1.0'];
const RUN = 'run-1';

it('reads the journals of these releases, and leaves none out', () => {
  expect(readdirSync(FROZEN).filter((name) => name.startsWith('v'))).toEqual(RELEASES);
});

describe.each(RELEASES)('a journal of release %s', (release) => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-frozen-'));
    cpSync(join(FROZEN, release), directory, { recursive: true });
    return () => rm(directory, { recursive: true, force: true });
  });

  function open() {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
    onTestFinished(() => journal.close());
    return journal;
  }

  function listHashes(): readonly string[] {
    const database = new DatabaseSync(join(directory, 'journal.db'));
    const rows = database.prepare('select hash from blobs').all();
    database.close();
    return rows.map((row) => String(row['hash']));
  }

  it('F27: holds a whole run, from its acceptance to its end', async () => {
    const records = openRecords(RUN, await open().read(RUN));

    expect(records).toHaveLength(70);
    expect(records.at(0)).toMatchObject({
      type: 'run.accepted',
      data: { task: 'Build a page for a bakery' },
    });
    expect(records.at(-1)).toMatchObject({ type: 'run.ended', data: { status: 'done', reason: 'approved' } });
  });

  it('F27: lists the run', async () => {
    await expect(open().listRuns()).resolves.toEqual([RUN]);
  });

  it('F27: gives every content back', async () => {
    const journal = open();
    const hashes = listHashes();

    const contents = await Promise.all(hashes.map((hash) => journal.readBlob(hash)));

    expect(contents).toContain('<title>Rye &amp; Shine 2</title>\n');
    expect(contents.map((content) => sha256(content ?? ''))).toEqual(hashes);
    expect(hashes).toHaveLength(8);
  });

  it('F27: misses records that are taken out of it', async () => {
    const database = new DatabaseSync(join(directory, 'journal.db'));
    database.exec('delete from records where seq > 68');
    database.close();

    await expect(open().read(RUN)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED', seq: 69 });
  });
});
