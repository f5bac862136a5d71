import type { Stats } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { draftPathOf } from './draft-path.ts';
import { visibleText } from './visible-text.ts';

/** The mode of a file that was not there before, less what the user's mask takes away. */
const NEW_FILE = 0o666;

/**
 * Puts a content in the place of a file: written beside it first, so that a process that dies leaves the old or the new.
 * Nothing is written through a link that lies at the place or at the draft's. A file that is replaced keeps its mode
 * unless another is given.
 */
export async function replaceFile(place: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const draft = draftPathOf(place);
  try {
    const kept = mode ?? (await modeOf(place));
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', kept === undefined ? NEW_FILE : 0o600);
    try {
      await handle.writeFile(content);
      if (kept !== undefined) await handle.chmod(kept);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the first error is the one to be told
    throw error;
  }
}

/** Makes the folders above a place. */
export async function makeFoldersAbove(place: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
}

/**
 * Makes sure that paths stay inside a tree: what lies behind a link is outside of it and of its snapshot, and could not
 * be brought back.
 *
 * @throws {@link LegacyTreeError} naming the first that does not.
 */
export async function refuseLinks(root: string, paths: readonly string[], remedy: string): Promise<void> {
  for (const path of new Set(paths.flatMap(throughOf))) {
    const found = await lookUp(join(root, path));
    const isFile = paths.includes(path);
    if (found === undefined || (isFile ? found.isFile() : found.isDirectory())) continue;
    const kind = found.isSymbolicLink() ? 'a link' : `no ${isFile ? 'file' : 'folder'}`;
    throw new LegacyTreeError({
      problem: `${visibleText(path)} is ${kind}`,
      advice: `Nothing was changed. Make it a ${isFile ? 'file' : 'folder'}${remedy}.`,
    });
  }
}

/** What a path goes through, the outermost first, and itself. */
function throughOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

async function modeOf(place: string): Promise<number | undefined> {
  const found = await lookUp(place);
  return found?.isFile() === true ? found.mode & 0o7777 : undefined;
}

async function lookUp(place: string): Promise<Stats | undefined> {
  try {
    return await lstat(place);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
