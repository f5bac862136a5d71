import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

import { LegacySnapshotDamagedError, LegacyTreeError } from '../../errors.ts';
import { type TreeEntry, walkTree } from '../inspect/walk-tree.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { listPaths, visibleText } from '../project/visible-text.ts';
import { ContentStore, type CopiedFile } from './content-store.ts';
import { type Manifest, type SnapshotEntry, snapshotIdOf } from './manifest.ts';

/** A snapshot that was taken, and what it does not hold. */
export interface Snapshot {
  readonly snapshotId: string;
  /** The real path of the tree. */
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
  /** Links that lead out of the tree. They are kept as links; what they lead to is not. */
  readonly outside: readonly string[];
  /** Folders and things (sockets, devices) it does not hold. */
  readonly leftOut: readonly string[];
}

/** Which tree, and where its snapshots are kept. */
export interface SnapshotOptions {
  readonly folder: string;
  readonly stateDirectory: string;
}

/**
 * Keeps every file, folder and link of a tree with its mode, and proves afterwards that all of it can be read again.
 * The same tree gives the same id. Links are kept and not followed.
 *
 * @throws {@link LegacyTreeError} when the tree cannot be read, or is changed meanwhile.
 * @throws {@link LegacySnapshotDamagedError} when the proof fails.
 * @throws {@link LegacySnapshotStoreError} when the state directory cannot hold it: its disk is full, for example.
 */
export async function takeSnapshot({ folder, stateDirectory }: SnapshotOptions): Promise<Snapshot> {
  const tree = await walkTree(folder);
  await refuseStateInside(tree.root, stateDirectory);
  const store = new ContentStore(stateDirectory);
  const kept = await inTurns(tree.entries, (entry) => keepEntry(store, tree.root, entry));
  const entries = kept.filter((entry) => entry !== undefined);
  const others = tree.entries.filter(({ kind }) => kind === 'other').map(({ path }) => path);
  const manifest: Manifest = {
    version: 1,
    root: tree.root,
    entries,
    leftOut: [...tree.leftOut, ...others].sort(),
  };
  const unproved = await findDamage(store, manifest);
  if (unproved.length > 0) {
    throw new LegacySnapshotDamagedError({
      snapshotId: snapshotIdOf(manifest),
      problem: `it was just taken, and what was kept of ${listPaths(unproved)} cannot be read again`,
      paths: unproved,
      advice: 'make sure that its disk works and call it again',
    });
  }
  const snapshotId = await store.keepManifest(manifest);
  const files = entries.filter((entry) => entry.kind === 'file');
  return {
    snapshotId,
    root: tree.root,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    outside: entries.filter((entry) => leadsOut(tree.root, entry)).map(({ path }) => path),
    leftOut: manifest.leftOut,
  };
}

/** The files of a snapshot whose content is gone, cannot be read or was changed. */
export async function findDamage(store: ContentStore, manifest: Manifest): Promise<readonly string[]> {
  const files = manifest.entries.filter((entry) => entry.kind === 'file');
  const hashes = [...new Set(files.map(({ hash }) => hash))];
  const read = await inTurns(hashes, async (hash) => {
    return { hash, isWhole: (await store.read(hash)) !== undefined };
  });
  const damaged = new Set(read.filter(({ isWhole }) => !isWhole).map(({ hash }) => hash));
  return files.filter(({ hash }) => damaged.has(hash)).map(({ path }) => path);
}

async function keepEntry(
  store: ContentStore,
  root: string,
  entry: TreeEntry,
): Promise<SnapshotEntry | undefined> {
  const { path, kind, mode } = entry;
  const place = join(root, path);
  switch (kind) {
    case 'folder':
      return { kind, path, mode };
    case 'link':
      return { kind, path, target: await readlink(place) };
    case 'file':
      return { kind, path, ...(await keepFile(store, place)) };
    case 'other':
      return undefined;
  }
}

async function keepFile(store: ContentStore, place: string): Promise<CopiedFile> {
  try {
    const copied = (await store.keep(place)) ?? (await store.keep(place));
    if (copied !== undefined) return copied;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new LegacyTreeError({
      problem: `${visibleText(error.path ?? place)}: ${systemProblem(error)}`,
      advice: 'Nothing was changed. Put right what is named and call it again.',
      cause: error,
    });
  }
  throw new LegacyTreeError({
    problem: `${visibleText(place)} is being written to`,
    advice: 'Nothing was changed. Stop what writes to it and call it again.',
  });
}

function leadsOut(root: string, entry: SnapshotEntry): boolean {
  if (entry.kind !== 'link') return false;
  const way = relative(root, resolve(dirname(join(root, entry.path)), entry.target));
  return way === '..' || way.startsWith('../') || isAbsolute(way);
}

async function refuseStateInside(root: string, stateDirectory: string): Promise<void> {
  const real = await realpath(stateDirectory).catch(() => resolve(stateDirectory)); // it may be yet to be made
  const way = relative(root, real);
  if (way === '' || (way !== '..' && !way.startsWith('../'))) {
    throw new LegacyTreeError({
      problem: `the state directory ${real} lies inside it`,
      advice: 'Nothing was changed. Choose another with --state-dir.',
    });
  }
}

const AT_ONCE = 16;

/** Does the same for each, a few at a time. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  perform: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const under = items.slice(at, at + AT_ONCE).map(perform);
    await Promise.allSettled(under); // what fails leaves nothing behind that still works
    results.push(...(await Promise.all(under)));
  }
  return results;
}
