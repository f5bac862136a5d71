import { chmod, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import type { GitFolder } from './git-folder.ts';

/** The variables that let git write its objects to one place and read those of the repository, too. */
export interface ObjectPlace {
  readonly GIT_OBJECT_DIRECTORY: string;
  readonly GIT_ALTERNATE_OBJECT_DIRECTORIES: string;
}

/** Makes the place where git writes the objects of a commit until all of them are there, and says how to use it. */
export async function receiveObjects({ incoming, objects }: GitFolder): Promise<ObjectPlace> {
  await mkdir(incoming);
  return { GIT_OBJECT_DIRECTORY: incoming, GIT_ALTERNATE_OBJECT_DIRECTORIES: quote(objects) };
}

/**
 * Moves the objects to those of the repository. A disk that is full fails before this, and what git had written by
 * then is removed with its unfinished files.
 */
export async function keepObjects({ incoming, objects }: GitFolder): Promise<void> {
  const entries = await readdir(incoming, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort(compareIndexesLast)) {
    const target = join(objects, relative(incoming, file));
    const isNewFolder = (await mkdir(dirname(target), { recursive: true })) !== undefined;
    // Git has given the folder the permissions that the repository wants.
    if (isNewFolder) await chmod(dirname(target), (await stat(dirname(file))).mode & 0o7777);
    await rename(file, target);
  }
}

/** A pack can be read once its index is there, so that comes last. */
function compareIndexesLast(a: string, b: string): number {
  return Number(a.endsWith('.idx')) - Number(b.endsWith('.idx'));
}

/** The variable is a list with colons; only in quotes a path may hold one. */
function quote(path: string): string {
  return `"${path.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
}
