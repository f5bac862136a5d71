import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { sha256 } from '@jarvis/core';

const FOLDER_NAME = 'projects';

const NAME_LENGTH = 16;

/** Where the state directory keeps what belongs to one project, named by the real path of its folder. */
export function projectDirectory(stateDirectory: string, workspace: string): string {
  return join(stateDirectory, FOLDER_NAME, sha256(workspace).slice(0, NAME_LENGTH));
}

/** The project directories there are; none when nothing was ever run. */
export async function listProjectDirectories(stateDirectory: string): Promise<readonly string[]> {
  const folder = join(stateDirectory, FOLDER_NAME);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
