import { basename, dirname, join } from 'node:path/posix';

import { BRIDGE_MARK } from '../bridge/bridge-mark.ts';
import { isOldModule, OLD_PACKAGE } from './old-modules.ts';
import { readSource } from './read-source.ts';
import type { Tree, TreeEntry } from './walk-tree.ts';

/** What `jarvis migrate python` writes is far smaller, in bytes. */
const LARGEST = 256 * 1024;

/** Finds the files `jarvis migrate python` has written: by the mark in their first line, whatever the package is called. */
export async function findBridge({
  root,
  entries,
}: Pick<Tree, 'root' | 'entries'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { path } of entries.filter(isCandidate)) {
    const source = await readSource(join(root, path), path);
    const head = 'problem' in source ? '' : (source.text.split('\n', 1)[0] ?? '');
    if (head.includes(BRIDGE_MARK)) found.add(path);
  }
  return found;
}

function isCandidate({ path, kind, bytes }: TreeEntry): boolean {
  if (kind !== 'file' || bytes > LARGEST || !path.endsWith('.py')) return false;
  const name = basename(path, '.py');
  return name === '__init__' || name === '_call' || isOldModule(name);
}

/**
 * A tree without the modules of the bridge, which have the names of the old ones. Those that took the place of the old
 * modules stay: they are what is imported there.
 */
export function withoutBridge(
  tree: Pick<Tree, 'entries'>,
  bridge: ReadonlySet<string>,
): Pick<Tree, 'entries'> {
  const isPlace = ({ path }: TreeEntry) => !bridge.has(path) || basename(dirname(path)) === OLD_PACKAGE;
  return { entries: tree.entries.filter(isPlace) };
}
