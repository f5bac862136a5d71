import { chmod, lstat, mkdir, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LegacySnapshotStoreError, LegacyTreeError } from '../../errors.ts';
import { draftPathOf } from '../project/draft-path.ts';
import { replaceFile } from '../project/replace-file.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';
import type { ContentStore } from './content-store.ts';
import type { Manifest, SnapshotEntry } from './manifest.ts';
import { lookAt } from './plan-rollback.ts';
import type { TreeFolders } from './tree-folders.ts';

interface Work {
  readonly restore: readonly SnapshotEntry[];
  readonly remove: readonly string[];
  readonly folders: TreeFolders;
}

const OWNER_ALL = 0o700;
const PARTLY = 'A part of it may be restored already.';

/** Carries a rollback out. The folders come first, their modes last: a folder may be one nobody writes to. */
export async function applyRollback(store: ContentStore, manifest: Manifest, work: Work): Promise<void> {
  const { folders, remove } = work;
  const byPath = [...work.restore].sort((one, other) => (one.path < other.path ? -1 : 1));
  try {
    for (const { kind, path } of byPath) if (kind === 'folder') await makeFolder(folders, path);
    await openFolders(manifest, folders, [...byPath.map(({ path }) => path), ...remove]);
    for (const path of remove) await removeFile(manifest, folders, path);
    for (const entry of byPath) if (entry.kind !== 'folder') await restoreEntry(store, folders, entry);
  } catch (error) {
    throw toTreeError(error, manifest.root);
  } finally {
    await closeFolders(manifest, folders);
  }
}

function toTreeError(error: unknown, root: string): unknown {
  const advice = `${PARTLY} Put right what is named and call it again: nothing is done twice.`;
  if (error instanceof LegacySnapshotStoreError) {
    const { path, problem } = error;
    return new LegacyTreeError({ problem: `${visibleText(path)}: ${problem}`, advice, cause: error });
  }
  if (!isSystemError(error)) return error;
  const problem = `${visibleText(error.path ?? root)}: ${systemProblem(error)}`;
  return new LegacyTreeError({ problem, advice, cause: error });
}

async function makeFolder(folders: TreeFolders, path: string): Promise<void> {
  const place = await requirePlace(folders, path);
  const found = await lookAt(place);
  if (found !== undefined && found.kind !== 'folder') await unlink(place);
  if (found?.kind !== 'folder') await mkdir(place, { mode: OWNER_ALL });
}

/** Makes the folders above what is changed writable for their owner. */
async function openFolders(
  { root, entries }: Manifest,
  folders: TreeFolders,
  paths: readonly string[],
): Promise<void> {
  const above = new Set(paths.map((path) => dirname(path)));
  for (const entry of entries) {
    if (entry.kind !== 'folder' || !above.has(entry.path)) continue;
    if (await folders.has(entry.path)) await chmod(join(root, entry.path), entry.mode | OWNER_ALL);
  }
}

/** Gives the folders their own modes, the innermost first. */
async function closeFolders({ root, entries }: Manifest, folders: TreeFolders): Promise<void> {
  for (const entry of [...entries].reverse()) {
    if (entry.kind !== 'folder') continue;
    const isOwn = await folders.has(entry.path).catch(() => false); // a failure before is told already
    if (!isOwn) continue;
    const place = join(root, entry.path);
    if (((await lstat(place)).mode & 0o7777) !== entry.mode) await chmod(place, entry.mode);
  }
}

/** Also removes the folders that are empty now and were not there before. */
async function removeFile({ entries, leftOut }: Manifest, folders: TreeFolders, path: string): Promise<void> {
  const place = await folders.placeOf(path);
  if (place === undefined) return;
  await rm(place, { force: true });
  const known = new Set([...entries.map((entry) => entry.path), ...leftOut]);
  for (let folder = dirname(path); folder !== '.' && !known.has(folder); folder = dirname(folder)) {
    const found = await folders.placeOf(folder);
    if (found === undefined) return;
    const isGone = await rmdir(found).then(
      () => true,
      () => false, // something else lies in it, so it stays
    );
    if (!isGone) return;
  }
}

async function requirePlace(folders: TreeFolders, path: string): Promise<string> {
  const place = await folders.placeOf(path);
  if (place !== undefined) return place;
  throw new LegacyTreeError({
    problem: `the folder of ${visibleText(path)} was removed meanwhile`,
    advice: `${PARTLY} Stop what removes it and call it again: nothing is done twice.`,
  });
}

async function restoreEntry(
  store: ContentStore,
  folders: TreeFolders,
  entry: Exclude<SnapshotEntry, { readonly kind: 'folder' }>,
): Promise<void> {
  if (entry.kind === 'link') return restoreLink(await clearPlace(folders, entry.path), entry.target);
  const content = await store.read(entry.hash);
  if (content === undefined) {
    throw new LegacyTreeError({
      problem: `what the snapshot held of ${visibleText(entry.path)} went away meanwhile`,
      advice:
        'A part of the tree is restored already. Call it again: what is lost is named, and nothing is done twice.',
    });
  }
  await replaceFile(await clearPlace(folders, entry.path), content, entry.mode);
}

async function restoreLink(place: string, target: string): Promise<void> {
  const draft = draftPathOf(place);
  await rm(draft, { force: true });
  await symlink(target, draft);
  await rename(draft, place);
}

/** Where something is restored; an empty folder that stands there is removed. */
async function clearPlace(folders: TreeFolders, path: string): Promise<string> {
  const place = await requirePlace(folders, path);
  const found = await lookAt(place);
  if (found?.kind === 'folder') await rmdir(place); // says so when it is not empty
  return place;
}
