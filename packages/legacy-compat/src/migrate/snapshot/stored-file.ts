import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

import { LegacySnapshotStoreError } from '../../errors.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';

/** What was kept in the state directory; `unusable` is a link that leads nowhere, a folder, a pipe, or a file that cannot be read. */
export type StoredFile = Uint8Array | 'absent' | 'unusable';

const UNUSABLE: readonly string[] = ['EACCES', 'EIO', 'EISDIR', 'ELOOP', 'ENXIO'];

/** Reads what was kept. A pipe is not waited for. */
export async function readStored(file: string): Promise<StoredFile> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return (await handle.stat()).isFile() ? await handle.readFile() : 'unusable';
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isNowhere(error)) return (await isLink(file)) ? 'unusable' : 'absent';
    if (isSystemError(error) && UNUSABLE.includes(error.code ?? '')) return 'unusable';
    throw error;
  }
}

/** Opens a file of the state directory to add to it. A pipe is not waited for. */
export async function openToAppend(file: string): Promise<FileHandle> {
  const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants;
  return open(file, O_APPEND | O_CREAT | O_NONBLOCK | O_WRONLY, 0o600);
}

/**
 * Does something in the state directory. A failure there is told as one of that directory: it must not be looked for in
 * the old tree.
 *
 * @throws {@link LegacySnapshotStoreError} when the system refuses it.
 */
export async function inStore<Result>(file: string, perform: () => Promise<Result>): Promise<Result> {
  try {
    return await perform();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new LegacySnapshotStoreError({ path: file, problem: systemProblem(error), cause: error });
  }
}

/** Whether an error says that nothing is there, or that something on the way to it is no folder. */
export function isNowhere(error: unknown): boolean {
  return isMissing(error) || (isSystemError(error) && error.code === 'ENOTDIR');
}

/** Whether an error says that something is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function isLink(file: string): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined); // gone altogether
  return found?.isSymbolicLink() === true;
}
