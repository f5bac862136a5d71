import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path/posix';

import { inTurns } from './take-snapshot.ts';
import type { TreeFolders } from './tree-folders.ts';

const CACHE = '__pycache__';
const COMPILED = /^([^.]+)\.[a-z]+-?\d+(?:\.opt-[0-9a-z]+)?\.pyc$/u;

/** Where it is looked for. */
export interface SearchedTree {
  readonly root: string;
  readonly folders: TreeFolders;
}

/**
 * What Python has compiled from modules that go away: it would be left behind, and is of no use without them. Nothing else
 * in such a folder is named.
 */
export async function findCompiled(
  { root, folders }: SearchedTree,
  modules: readonly string[],
): Promise<readonly string[]> {
  const sources = modules.filter((path) => path.endsWith('.py'));
  const byFolder = Map.groupBy(sources, dirname);
  const found = await inTurns([...byFolder], async ([folder, paths]) => {
    const cache = join(folder, CACHE);
    const names = new Set(paths.map((path) => basename(path, '.py')));
    const files = (await folders.has(cache)) ? await listFiles(join(root, cache)) : [];
    return files.filter((name) => names.has(COMPILED.exec(name)?.[1] ?? '')).map((name) => join(cache, name));
  });
  return found.flat().sort();
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
