import { constants } from 'node:fs';
import { sep } from 'node:path';

import { WorkspaceUnusableError } from '@jarvis/core';

import { diskErrorCode, type Disk } from './disk.ts';

export interface FolderFacts {
  /** The real path of the folder. */
  readonly root: string;
  readonly home: string;
  readonly stateDirectory?: string;
}

const ACCESS_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not read and write in it',
  EPERM: 'your user may not read and write in it',
  EROFS: 'it is on a read-only disk',
};

/**
 * Follows the links in a path.
 *
 * @throws {@link WorkspaceUnusableError} when nothing is there.
 */
export async function followLinks(disk: Disk, path: string): Promise<string> {
  try {
    return await disk.realpath(path);
  } catch (error) {
    const code = diskErrorCode(error);
    const problem = code === 'ENOENT' ? 'it does not exist' : `it cannot be reached (${code})`;
    throw new WorkspaceUnusableError({ path, problem, cause: error });
  }
}

/**
 * Makes sure that a run may work in a folder, by trying rather than by reading permissions.
 *
 * @throws {@link WorkspaceUnusableError}
 */
export async function proveFolder(disk: Disk, facts: FolderFacts): Promise<void> {
  const { root } = facts;
  const now = await followLinks(disk, root);
  if (now !== root) throw new WorkspaceUnusableError({ path: root, problem: `it became a link to ${now}` });
  if (!(await disk.lstat(root)).isDirectory()) {
    throw new WorkspaceUnusableError({ path: root, problem: 'it is not a folder' });
  }
  const problem = await refusePlace(disk, facts);
  if (problem !== undefined) throw new WorkspaceUnusableError({ path: root, problem });
  await proveAccess(disk, root);
}

async function refusePlace(
  disk: Disk,
  { root, home, stateDirectory }: FolderFacts,
): Promise<string | undefined> {
  if (root === sep) return 'it is the root of the file system';
  const realHome = await realOrSame(disk, home);
  if (root === realHome) return 'it is your home folder';
  if (isInside(realHome, root)) return `your home folder ${realHome} is in it`;
  if (stateDirectory === undefined) return undefined;
  const state = await realOrSame(disk, stateDirectory);
  const isOfState = root === state || isInside(root, state);
  return isOfState ? `it belongs to the state of JARVIS in ${state}` : undefined;
}

/** A folder that does not exist yet has no real path; its name is all there is to compare. */
export async function realOrSame(disk: Disk, path: string): Promise<string> {
  try {
    return await disk.realpath(path);
  } catch {
    return path;
  }
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function proveAccess(disk: Disk, root: string): Promise<void> {
  try {
    await disk.access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = diskErrorCode(error);
    const problem = ACCESS_PROBLEMS[code] ?? `trying to use it failed (${code})`;
    throw new WorkspaceUnusableError({ path: root, problem, cause: error });
  }
}
