import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { listProjectDirectories, projectDirectory } from './project-directory.ts';

describe('projectDirectory', () => {
  it('names a project by the hash of its path', () => {
    expect(projectDirectory('/state', '/home/ada/bakery')).toBe('/state/projects/a7892470325ec2b2');
  });

  it('keeps projects apart', () => {
    expect(projectDirectory('/state', '/home/ada/bakery')).not.toBe(
      projectDirectory('/state', '/home/ada/bakery2'),
    );
  });
});

describe('listProjectDirectories', () => {
  let stateDirectory: string;

  beforeEach(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'jarvis-state-'));
    return () => rm(stateDirectory, { recursive: true, force: true });
  });

  it('lists the folders of all projects and nothing else', async () => {
    const directory = projectDirectory(stateDirectory, '/home/ada/bakery');
    await mkdir(directory, { recursive: true });
    await writeFile(join(stateDirectory, 'projects', 'notes.txt'), '');

    await expect(listProjectDirectories(stateDirectory)).resolves.toEqual([directory]);
  });

  it('lists nothing before the first run', async () => {
    await expect(listProjectDirectories(stateDirectory)).resolves.toEqual([]);
  });

  it('does not take a state directory that cannot be read for an empty one', async () => {
    await writeFile(join(stateDirectory, 'projects'), '');

    await expect(listProjectDirectories(stateDirectory)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
