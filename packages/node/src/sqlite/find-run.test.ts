import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, sealRecord } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { projectDirectory } from '../config/project-directory.ts';
import { readProcessIdentity } from '../context/process-identity.ts';
import { systemClock as clock } from '../context/system-clock.ts';
import { findRun } from './find-run.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

describe('findRun', () => {
  let stateDirectory: string;

  beforeEach(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'jarvis-state-'));
    return () => rm(stateDirectory, { recursive: true, force: true });
  });

  async function storeRun(workspace: string, runId: string): Promise<string> {
    const directory = projectDirectory(stateDirectory, workspace);
    const journal = openSqliteJournal({ directory, identity: readProcessIdentity(), clock });
    const lease = await journal.acquire(`run:${runId}`);
    const head = emptyHead(runId);
    const record = sealRecord(head, { runId, seq: 1, atMs: 0, type: 'run.accepted', version: 1, data: {} });
    await journal.append({ runId, lease, previousHash: head.hash, records: [record], blobs: [] });
    await journal.close();
    return directory;
  }

  it('finds the project of a run among several', async () => {
    await storeRun('/home/ada/bakery', 'r1');
    const garden = await storeRun('/home/ada/garden', 'r2');

    await expect(findRun({ stateDirectory, runId: 'r2', clock })).resolves.toBe(garden);
  });

  it('says that the projects cannot be looked at', async () => {
    await symlink('projects', join(stateDirectory, 'projects'));

    await expect(findRun({ stateDirectory, runId: 'r1', clock })).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_UNAVAILABLE',
      message: expect.stringContaining('its links lead in a circle') as string,
    });
  });

  it('leaves the journal an older release wrote as it is', async () => {
    const directory = projectDirectory(stateDirectory, '/home/ada/bakery');
    const frozen = new URL('../../test/fixtures/journals/v0.1.0', import.meta.url);
    await cp(frozen, directory, { recursive: true });
    const before = await readFile(join(directory, 'journal.db'));

    const found = await findRun({ stateDirectory, runId: 'nobody', clock });

    expect(found).toBeUndefined();
    expect(await readFile(join(directory, 'journal.db'))).toEqual(before);
    expect(await readdir(directory)).not.toContain('journal.db.v1');
  });

  it('finds nothing, and creates nothing, where nothing was ever run', async () => {
    const fresh = join(stateDirectory, 'fresh');

    await expect(findRun({ stateDirectory: fresh, runId: 'r1', clock })).resolves.toBeUndefined();
    await expect(readdir(stateDirectory)).resolves.toEqual([]);
  });

  it('finds nothing when no project has the run', async () => {
    await storeRun('/home/ada/bakery', 'r1');

    await expect(findRun({ stateDirectory, runId: 'r2', clock })).resolves.toBeUndefined();
  });

  it('finds a run although the journal of another project is damaged', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await storeRun(`/home/ada/${name}`, `run-${name}`);
    const [first = ''] = await readdir(join(stateDirectory, 'projects'));
    await writeFile(join(stateDirectory, 'projects', first, 'journal.db'), '');

    const found = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => findRun({ stateDirectory, runId: `run-${name}`, clock })),
    );

    expect(found).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => projectDirectory(stateDirectory, `/home/ada/${name}`)),
    );
  });

  it('says that a damaged journal may hold the run it does not find', async () => {
    const directory = await storeRun('/home/ada/bakery', 'r1');
    await writeFile(join(directory, 'journal.db'), '');

    await expect(findRun({ stateDirectory, runId: 'r2', clock })).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_UNREADABLE',
    });
  });

  it('finds a run whose records are lost, so that reading it can say so', async () => {
    const directory = await storeRun('/home/ada/bakery', 'r1');
    await rm(join(directory, 'journal.db'));

    await expect(findRun({ stateDirectory, runId: 'r1', clock })).resolves.toBe(directory);
  });
});
