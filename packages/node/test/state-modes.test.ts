import { chmod, cp, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, sealRecord, sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { keepDamagedCopy } from '../src/sqlite/damaged-copy.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';

/** Tasks, answers and the content of files are in there. */
describe('what a journal leaves on disk, for a user who keeps nothing private', () => {
  let root: string;
  let directory: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'jarvis-modes-'));
    directory = join(root, 'projects', 'bakery');
    await chmod(root, 0o755);
    const usual = process.umask(0);
    return async () => {
      process.umask(usual);
      await rm(root, { recursive: true, force: true });
    };
  });

  function open() {
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock: systemClock });
    onTestFinished(() => journal.close());
    return journal;
  }

  /** What is there, and which of it others may read or write. */
  async function look() {
    const names = await readdir(root, { recursive: true });
    const modes = await Promise.all(names.map(async (name) => (await lstat(join(root, name))).mode));
    return { names, open: names.filter((_, index) => ((modes[index] ?? 0) & 0o077) !== 0) };
  }

  it('is for the user alone: database, log, index, large contents, ends of runs', async () => {
    const journal = open();
    const lease = await journal.acquire('run:r1');
    const content = 'Rye '.repeat(100_000);
    const head = emptyHead('r1');
    const record = sealRecord(head, {
      runId: 'r1',
      seq: 1,
      atMs: 0,
      type: 'test.noted',
      version: 1,
      data: 1,
    });
    const blobs = [{ hash: sha256(content), content }];
    await journal.append({ runId: 'r1', lease, previousHash: head.hash, records: [record], blobs });
    keepDamagedCopy(join(directory, 'journal.db'), 0);

    const found = await look();

    expect(found.open).toEqual([]);
    expect(found.names.filter((name) => /journal\.db(?:-wal|-shm|.*-wal)?$/u.test(name))).toHaveLength(4);
    expect(found.names.some((name) => name.includes(sha256(content).slice(0, 8)))).toBe(true);
  });

  it('is for the user alone: the copy from before a migration', async () => {
    const frozen = new URL('fixtures/journals/v0.1.0', import.meta.url);
    await cp(frozen, directory, { recursive: true });
    await chmod(join(directory, 'journal.db'), 0o600);

    await open().listRuns();

    const { names, open: readable } = await look();
    expect(names).toContain('projects/bakery/journal.db.v1');
    expect(readable.filter((name) => name.includes('journal.db'))).toEqual([]);
  });
});
