import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { openRoot } from '../project/open-root.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';

/** Something in a tree. Links are told and never followed. */
export interface TreeEntry {
  /** From the root of the tree, with forward slashes. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** The permission bits. */
  readonly mode: number;
  readonly bytes: number;
}

/** A tree as it lies on disk. */
export interface Tree {
  /** The real path. */
  readonly root: string;
  /** Sorted by path. */
  readonly entries: readonly TreeEntry[];
  /** Folders that were left out: what a tool can make again, and the history of git. */
  readonly leftOut: readonly string[];
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'venv',
]);

/**
 * Lists what lies in a folder and below it.
 *
 * @throws {@link LegacyTreeError} when it is no folder that can be read, or a name in it is not UTF-8.
 */
export async function walkTree(folder: string): Promise<Tree> {
  const root = await openRoot(folder);
  try {
    const entries: TreeEntry[] = [];
    const leftOut: string[] = [];
    const waiting = [''];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const found = await listFolder(root, path);
      const isKept = ({ kind, path: inner }: TreeEntry) =>
        kind !== 'folder' || !LEFT_OUT.has(basename(inner));
      entries.push(...found.filter(isKept));
      leftOut.push(...found.filter((entry) => !isKept(entry)).map((entry) => entry.path));
      waiting.push(
        ...found.filter((entry) => entry.kind === 'folder' && isKept(entry)).map((entry) => entry.path),
      );
    }
    return { root, entries: entries.sort(byPath), leftOut: leftOut.sort() };
  } catch (error) {
    if (error instanceof LegacyTreeError) throw error;
    const place = isSystemError(error) ? error.path : undefined;
    throw new LegacyTreeError({
      problem: `${visibleText(place ?? root)}: ${systemProblem(error)}`,
      advice: 'Nothing was changed. Put right what is named and call it again.',
      cause: error,
    });
  }
}

async function listFolder(root: string, folder: string): Promise<readonly TreeEntry[]> {
  const names = await readdir(join(root, folder));
  return Promise.all(
    names.map(async (name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (name.includes('\uFFFD')) {
        throw new LegacyTreeError({
          problem: `${visibleText(path)} has a name that is not UTF-8`,
          advice: 'Nothing was changed. Rename it and call it again.',
        });
      }
      const found = await lstat(join(root, path));
      const kind = kindOf(found);
      return { path, kind, mode: found.mode & 0o7777, bytes: kind === 'file' ? found.size : 0 };
    }),
  );
}

/** What something is, without following a link. */
export function kindOf(found: Stats): TreeEntry['kind'] {
  if (found.isSymbolicLink()) return 'link';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}

function byPath(one: TreeEntry, other: TreeEntry): number {
  if (one.path === other.path) return 0;
  return one.path < other.path ? -1 : 1;
}
