import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

import { kindOf, walkTree } from '../inspect/walk-tree.ts';
import { draftedFile } from '../project/draft-path.ts';
import { hashOf, type Manifest, type SnapshotEntry } from './manifest.ts';
import { findCompiled } from './find-compiled.ts';
import { isNowhere } from './stored-file.ts';
import { inTurns } from './take-snapshot.ts';
import type { TreeFolders } from './tree-folders.ts';
import type { WrittenFile } from './written-log.ts';

/** What has to be done for a tree to be as it was. */
export interface RollbackPlan {
  /** What is missing or was changed by a migration. */
  readonly restore: readonly SnapshotEntry[];
  /** What somebody else has changed since. */
  readonly conflicts: readonly SnapshotEntry[];
  /** Files a migration has added. */
  readonly remove: readonly string[];
  /** What Python has compiled from them. */
  readonly compiled: readonly string[];
  /** What others have added; it stays. */
  readonly kept: readonly string[];
}

/**
 * Compares a tree with its snapshot.
 *
 * @throws {@link LegacyTreeError} when a folder of the tree is replaced meanwhile.
 */
export async function planRollback(
  manifest: Manifest,
  written: readonly WrittenFile[],
  folders: TreeFolders,
): Promise<RollbackPlan> {
  const gone = await findGoneFolders(manifest, folders);
  const ours = Map.groupBy(written, ({ path }) => path);
  const judged = await inTurns(manifest.entries, async (entry) => ({
    entry,
    // What lies behind a link that took a folder's place is not of this tree.
    verdict: foldersAbove(entry.path).some((folder) => gone.has(folder))
      ? ('restore' as const)
      : await judge(manifest.root, entry, ours.get(entry.path) ?? []),
  }));
  const added = await findAdded(manifest, ours);
  const wanted = (verdict: Verdict) =>
    judged.filter((one) => one.verdict === verdict).map(({ entry }) => entry);
  return {
    restore: wanted('restore'),
    conflicts: wanted('conflict'),
    ...added,
    compiled: await findCompiled({ root: manifest.root, folders }, listRemoved(manifest, ours, added.kept)),
  };
}

type Verdict = 'same' | 'restore' | 'conflict';

async function findGoneFolders({ entries }: Manifest, folders: TreeFolders): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const { kind, path } of entries) {
    if (kind === 'folder' && !(await folders.has(path))) gone.add(path);
  }
  return gone;
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function judge(root: string, entry: SnapshotEntry, written: readonly WrittenFile[]): Promise<Verdict> {
  const found = await lookAt(join(root, entry.path));
  if (found === undefined) return 'restore';
  if (isSame(entry, found)) return 'same';
  const isOurs = written.some(({ after }) => after === found.hash);
  return entry.kind === 'file' && found.mode === entry.mode && isOurs ? 'restore' : 'conflict';
}

/** What lies at a place now. */
export interface Found {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  /** Of a file. */
  readonly hash?: string;
  /** Of a link. */
  readonly target?: string;
}

/** Looks at a place without following a link; `undefined` when nothing is there. */
export async function lookAt(place: string): Promise<Found | undefined> {
  try {
    const found = await lstat(place);
    const base = { kind: kindOf(found), mode: found.mode & 0o7777 };
    if (base.kind === 'file') return { ...base, hash: hashOf(await readFile(place)) };
    return base.kind === 'link' ? { ...base, target: await readlink(place) } : base;
  } catch (error) {
    if (isNowhere(error)) return undefined;
    throw error;
  }
}

/** Whether what lies there is what a snapshot holds. The mode of a link means nothing. */
export function isSame(entry: SnapshotEntry, found: Found): boolean {
  if (entry.kind !== found.kind) return false;
  if (entry.kind === 'link') return entry.target === found.target;
  return entry.mode === found.mode && (entry.kind === 'folder' || entry.hash === found.hash);
}

/** What a migration added and this rollback removes, or one that was killed has removed. */
function listRemoved(
  { entries }: Manifest,
  ours: ReadonlyMap<string, readonly WrittenFile[]>,
  kept: readonly string[],
): readonly string[] {
  const staying = new Set([...entries.map(({ path }) => path), ...kept]);
  return [...ours]
    .filter(([path, written]) => !staying.has(path) && written.some(({ before }) => before === null))
    .map(([path]) => path);
}

async function findAdded({ root, entries }: Manifest, ours: ReadonlyMap<string, readonly WrittenFile[]>) {
  const known = new Set(entries.map(({ path }) => path));
  const tree = await walkTree(root);
  const added = tree.entries.filter(({ path, kind }) => kind !== 'folder' && !known.has(path));
  const judged = await inTurns(added, async ({ path }) => {
    const found = await lookAt(join(root, path));
    const isWritten =
      found?.kind === 'file' &&
      ours.get(path)?.some(({ before, after }) => before === null && after === found.hash) === true;
    const drafted = draftedFile(path);
    return {
      path,
      isOurs: isWritten || (drafted !== undefined && (known.has(drafted) || ours.has(drafted))),
    };
  });
  return {
    remove: judged.filter(({ isOurs }) => isOurs).map(({ path }) => path),
    kept: judged.filter(({ isOurs }) => !isOurs).map(({ path }) => path),
  };
}
