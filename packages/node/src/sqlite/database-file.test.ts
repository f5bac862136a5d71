import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { createDatabase, databasePath, hasDatabase } from './database-file.ts';

describe('createDatabase', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-database-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  it('makes a journal and nothing else', async () => {
    expect(hasDatabase(directory)).toBe(false);

    createDatabase(directory);

    expect(hasDatabase(directory)).toBe(true);
    await expect(readdir(directory)).resolves.toEqual(['journal.db']);
  });

  it('leaves the one alone that another process made first', async () => {
    createDatabase(directory);
    const before = await readFile(databasePath(directory));

    createDatabase(directory);

    expect(before.equals(await readFile(databasePath(directory)))).toBe(true);
    await expect(readdir(directory)).resolves.toEqual(['journal.db']);
  });

  it('leaves nothing behind when it fails', async () => {
    await mkdir(join(directory, 'journal.db'));
    const blocked = join(directory, 'file');
    await writeFile(blocked, '');

    expect(() => {
      createDatabase(blocked);
    }).toThrow('EEXIST');
    await expect(readdir(directory)).resolves.toEqual(['file', 'journal.db']);
  });

  it('does not take a folder for a journal', async () => {
    await mkdir(databasePath(directory));

    expect(() => hasDatabase(directory)).toThrow('EISDIR');
  });
});
