import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { openRoot } from '../project/open-root.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';
import { decodeUtf8, type UnreadFile } from './read-source.ts';

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
  /** What could not be looked at; empty unless it is tolerated. */
  readonly unread: readonly UnreadFile[];
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

/** How a folder is listed. */
export interface WalkOptions {
  /** What cannot be looked at is named in `unread`, and the rest is listed. Default: no. */
  readonly isTolerant?: boolean;
}

/**
 * Lists what lies in a folder and below it.
 *
 * @throws {@link LegacyTreeError} when it is no folder that can be read, or a name in it is not UTF-8.
 */
export async function walkTree(folder: string, { isTolerant = false }: WalkOptions = {}): Promise<Tree> {
  const root = await openRoot(folder);
  const entries: TreeEntry[] = [];
  const leftOut: string[] = [];
  const unread: UnreadFile[] = [];
  const tolerate = (path: string, error: unknown) => {
    const isOfTree = error instanceof OddNameError || isSystemError(error);
    if (!isTolerant || !isOfTree) throw error;
    unread.push({ path, problem: problemOf(error) });
  };
  try {
    const waiting = [''];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const found = await listFolder(root, path, tolerate);
      const isKept = ({ kind, path: inner }: TreeEntry) =>
        kind !== 'folder' || !LEFT_OUT.has(basename(inner));
      entries.push(...found.filter(isKept));
      leftOut.push(...found.filter((entry) => !isKept(entry)).map((entry) => entry.path));
      waiting.push(
        ...found.filter((entry) => entry.kind === 'folder' && isKept(entry)).map((entry) => entry.path),
      );
    }
    return { root, entries: entries.sort(byPath), unread, leftOut: leftOut.sort() };
  } catch (error) {
    if (error instanceof LegacyTreeError) throw error;
    const place = isSystemError(error) || error instanceof OddNameError ? error.path : undefined;
    throw new LegacyTreeError({
      problem: `${visibleText(place ?? root)}: ${problemOf(error)}`,
      advice: `Nothing was changed. ${error instanceof OddNameError ? RENAME : 'Put right what is named'} and call it again.`,
      cause: error,
    });
  }
}

const RENAME = 'Rename it, or move it out of the folder,';

/** A name of bytes that are no text. It never leaves this file. */
class OddNameError extends Error {
  /** With the bytes that are no UTF-8 written by their number. */
  readonly path: string;

  constructor(path: string) {
    super('its name is not UTF-8');
    this.path = path;
  }
}

function problemOf(error: unknown): string {
  return error instanceof OddNameError ? error.message : systemProblem(error);
}

type Tolerate = (path: string, error: unknown) => void;

async function listFolder(root: string, folder: string, tolerate: Tolerate): Promise<readonly TreeEntry[]> {
  const names = await readdir(join(root, folder), { encoding: 'buffer' }).catch((error: unknown) => {
    tolerate(folder, error);
    return [];
  });
  const found = await Promise.all(
    names.map(async (bytes) => {
      const name = decodeUtf8(bytes);
      const path = (folder === '' ? '' : `${folder}/`) + (name ?? showBytes(bytes));
      if (name === undefined) {
        tolerate(path, new OddNameError(path));
        return undefined;
      }
      const found = await lstat(join(root, path)).catch((error: unknown) => {
        tolerate(path, error);
        return undefined;
      });
      if (found === undefined) return undefined;
      const kind = kindOf(found);
      return { path, kind, mode: found.mode & 0o7777, bytes: kind === 'file' ? found.size : 0 };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

/** Bytes as a text: what is no letter, digit or sign of ASCII is written by its number. */
function showBytes(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
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
