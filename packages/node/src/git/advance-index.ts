import { open, rename, rm, utimes, writeFile } from 'node:fs/promises';

import type { CrashPoint } from '@jarvis/core';

import type { Git } from './git-call.ts';
import { type GitFolder, lockIndex } from './git-folder.ts';
import {
  foldersOf,
  parseChanges,
  parseIndex,
  renderEntry,
  renderRemoval,
  type TreeChange,
  type TreeEntry,
} from './index-entries.ts';

type Index = ReadonlyMap<string, TreeEntry | undefined>;

interface Locking {
  readonly lockWaitMs: number;
  readonly crashPoint: CrashPoint;
}

interface IndexFile {
  readonly bytes: Buffer;
  readonly writtenAtNs: bigint;
}

/**
 * Brings the user's index up to date with a commit on the checked-out branch: exactly the paths it changed, and of
 * these the ones that were as in its parent. What the user has staged stays.
 *
 * The new index is prepared beside the old one and put in its place under git's own lock, if the old one is still
 * the one it was made from. A process that dies on the way has changed nothing.
 */
export async function advanceIndex(
  git: Git,
  folder: GitFolder,
  { commit, tip, ...locking }: Locking & { commit: string; tip: string },
): Promise<void> {
  const changes = await readChanges(git, commit, tip);
  let isDone = false;
  while (!isDone) {
    const seen = await readIndex(folder);
    isDone =
      !(await prepareIndex(git, folder, { changes, seen })) ||
      (await installIndex(folder, { seen, ...locking }));
  }
}

/** What the commit changed and nobody has changed again since. */
async function readChanges(git: Git, commit: string, tip: string): Promise<readonly TreeChange[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames'] as const;
  const own = parseChanges(await git.run({ args: [...args, '--root', '--no-commit-id', commit] }));
  if (tip === commit) return own;
  const later = parseChanges(await git.run({ args: [...args, commit, tip] }));
  const changedAgain = new Set(later.map(({ path }) => path));
  return own.filter(({ path }) => !changedAgain.has(path));
}

/** Writes the index as it will be; `false` when it is so already. */
async function prepareIndex(
  git: Git,
  folder: GitFolder,
  { changes, seen }: { changes: readonly TreeChange[]; seen: IndexFile | undefined },
): Promise<boolean> {
  await rm(folder.nextIndex, { force: true });
  if (seen !== undefined) {
    await writeFile(folder.nextIndex, seen.bytes);
    // Git looks again into files as new as their index, so the copy may not seem newer than the original is.
    const writtenAt = Number(seen.writtenAtNs / 1_000n - 1n) / 1e6;
    await utimes(folder.nextIndex, writtenAt, writtenAt);
  }
  const variables = { GIT_INDEX_FILE: folder.nextIndex };
  const index = parseIndex(await git.run({ args: ['ls-files', '--stage', '-z'], variables }));
  const records = planUpdates(changes, index);
  if (records.length === 0) return false;
  await git.run({ args: ['update-index', '-z', '--index-info'], input: records.join(''), variables });
  return true;
}

/** Puts the prepared index in the place of the one it was made from; `false` when that has changed meanwhile. */
async function installIndex(
  folder: GitFolder,
  { seen, lockWaitMs, crashPoint }: Locking & { seen: IndexFile | undefined },
): Promise<boolean> {
  await lockIndex(folder, lockWaitMs);
  crashPoint.reach('commit.index-locked');
  if (!isSame(seen, await readIndex(folder))) {
    await rm(folder.indexLock);
    return false;
  }
  await rename(folder.indexLock, folder.index);
  return true;
}

/** The records that change an index, removals first: a file can only become a folder once it is gone. */
export function planUpdates(changes: readonly TreeChange[], index: Index): readonly string[] {
  const asInParent = changes.filter(({ path, before }) => isSameEntry(index, path, before));
  const removals = asInParent.filter(({ after }) => after === undefined);
  const removed = new Set(removals.map(({ path }) => path));
  const staying = [...index.keys()].filter((path) => !removed.has(path));
  return [
    ...removals.flatMap(({ path, before }) => (before === undefined ? [] : [renderRemoval(path, before)])),
    ...asInParent.flatMap(({ path, before, after }) => {
      const isBlocked = before === undefined && isInTheWay(staying, path);
      return after === undefined || isBlocked ? [] : [renderEntry(path, after)];
    }),
  ];
}

function isSameEntry(index: Index, path: string, expected: TreeEntry | undefined): boolean {
  const entry = index.get(path);
  // A path with a conflict is in the index, without an entry.
  if (entry === undefined) return expected === undefined && !index.has(path);
  return entry.mode === expected?.mode && entry.id === expected.id;
}

/** Whether the user has staged a file where a folder is needed, or files below a path that is to be a file. */
function isInTheWay(paths: readonly string[], path: string): boolean {
  const folders = foldersOf(path);
  return paths.some((other) => folders.includes(other) || other.startsWith(`${path}/`));
}

function isSame(a: IndexFile | undefined, b: IndexFile | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.bytes.equals(b.bytes);
}

async function readIndex({ index }: GitFolder): Promise<IndexFile | undefined> {
  const handle = await open(index).catch(orNothing);
  if (handle === undefined) return undefined;
  try {
    const { mtimeNs } = await handle.stat({ bigint: true });
    return { bytes: await handle.readFile(), writtenAtNs: mtimeNs };
  } finally {
    await handle.close();
  }
}

/** A repository in which nothing was ever staged has no index. */
function orNothing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
