import { dirname, join } from 'node:path';

import { sha256 } from '@jarvis/core';

import { diskErrorCode, type Disk } from './disk.ts';

const TEMPORARY = /^\.jarvis-[0-9a-f]{16}\.tmp$/u;
const NEW_FILE_MODE = 0o644;

export interface FileContent {
  readonly absolute: string;
  readonly content: string;
  /** The permission bits of the file that is replaced or moved; without it a new file gets the user's default. */
  readonly mode?: number;
}

/** Tells whether a file is one of ours that was being written when its process was killed. */
export function isLeftover(name: string): boolean {
  return TEMPORARY.test(name);
}

/**
 * Writes the content to a temporary file beside the target and calls `beforeMove`; then the temporary file takes
 * the target's place. Whatever fails, the target is old or new, and the temporary file is gone.
 */
export async function writeAtomically(
  disk: Disk,
  file: FileContent,
  beforeMove: () => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(file.absolute), `.jarvis-${sha256(file.absolute).slice(0, 16)}.tmp`);
  try {
    await writeAndFlush(disk, temporary, file);
    await beforeMove();
    await disk.rename(temporary, file.absolute);
  } catch (error) {
    await disk.rm(temporary, { force: true });
    throw error;
  }
}

/** Makes the names in a folder last: without it a power cut may undo a rename that was seen to work. */
export async function flushFolder(disk: Disk, absolute: string): Promise<void> {
  const handle = await disk.open(absolute, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a killed process left in a folder. */
export async function removeLeftovers(disk: Disk, absolute: string): Promise<void> {
  for (const name of await namesIn(disk, absolute)) {
    if (isLeftover(name)) await disk.rm(join(absolute, name), { force: true });
  }
}

async function writeAndFlush(disk: Disk, temporary: string, { content, mode }: FileContent): Promise<void> {
  // What others may not read in the file, they may not read in the temporary one either.
  const handle = await disk.open(temporary, 'wx', mode ?? NEW_FILE_MODE);
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(disk: Disk, absolute: string): Promise<readonly string[]> {
  try {
    return await disk.readdir(absolute);
  } catch (error) {
    // A folder that is not there yet has nothing to remove.
    if (diskErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
