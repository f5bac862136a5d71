import { chmod, lstat, mkdir, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { draftPathOf } from '../project/draft-path.ts';
import { replaceFile } from '../project/replace-file.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';
import type { ContentStore } from './content-store.ts';
import type { Manifest, SnapshotEntry } from './manifest.ts';
import { lookAt } from './plan-rollback.ts';

interface Work {
  readonly restore: readonly SnapshotEntry[];
  readonly remove: readonly string[];
}

const OWNER_ALL = 0o700;

/** Carries a rollback out. The folders come first, their modes last: a folder may be one nobody writes to. */
export async function applyRollback(store: ContentStore, manifest: Manifest, work: Work): Promise<void> {
  const byPath = [...work.restore].sort((one, other) => (one.path < other.path ? -1 : 1));
  try {
    for (const entry of byPath)
      if (entry.kind === 'folder') await makeFolder(join(manifest.root, entry.path));
    await openFolders(manifest, [...byPath.map(({ path }) => path), ...work.remove]);
    for (const path of work.remove) await removeFile(manifest, path);
    for (const entry of byPath) if (entry.kind !== 'folder') await restoreEntry(store, manifest, entry);
  } catch (error) {
    throw isSystemError(error)
      ? new LegacyTreeError({
          problem: `${visibleText(error.path ?? manifest.root)}: ${systemProblem(error)}`,
          advice:
            'A part of it may be restored already. Put right what is named and call it again: nothing is done twice.',
          cause: error,
        })
      : error;
  } finally {
    await closeFolders(manifest);
  }
}

async function makeFolder(place: string): Promise<void> {
  const found = await lookAt(place);
  if (found !== undefined && found.kind !== 'folder') await unlink(place);
  if (found?.kind !== 'folder') await mkdir(place, { mode: OWNER_ALL });
}

/** Makes the folders above what is changed writable for their owner. */
async function openFolders({ root, entries }: Manifest, paths: readonly string[]): Promise<void> {
  const above = new Set(paths.map((path) => dirname(path)));
  for (const entry of entries) {
    if (entry.kind !== 'folder' || !above.has(entry.path)) continue;
    await chmod(join(root, entry.path), entry.mode | OWNER_ALL);
  }
}

/** Gives the folders their own modes, the innermost first. */
async function closeFolders({ root, entries }: Manifest): Promise<void> {
  for (const entry of [...entries].reverse()) {
    if (entry.kind !== 'folder') continue;
    const found = await lstat(join(root, entry.path)).catch(() => undefined); // a failure before is told already
    if (found?.isDirectory() === true && (found.mode & 0o7777) !== entry.mode) {
      await chmod(join(root, entry.path), entry.mode);
    }
  }
}

/** Also removes the folders that are empty now and were not there before. */
async function removeFile({ root, entries, leftOut }: Manifest, path: string): Promise<void> {
  await rm(join(root, path), { force: true });
  const known = new Set([...entries.map((entry) => entry.path), ...leftOut]);
  for (let folder = dirname(path); folder !== '.' && !known.has(folder); folder = dirname(folder)) {
    const isGone = await rmdir(join(root, folder)).then(
      () => true,
      () => false, // something else lies in it, so it stays
    );
    if (!isGone) return;
  }
}

async function restoreEntry(
  store: ContentStore,
  manifest: Manifest,
  entry: Exclude<SnapshotEntry, { readonly kind: 'folder' }>,
): Promise<void> {
  const place = join(manifest.root, entry.path);
  const found = await lookAt(place);
  if (found?.kind === 'folder') await rmdir(place); // says so when it is not empty
  if (entry.kind === 'link') {
    const draft = draftPathOf(place);
    await rm(draft, { force: true });
    await symlink(entry.target, draft);
    await rename(draft, place);
    return;
  }
  const content = await store.read(entry.hash);
  if (content === undefined) {
    throw new LegacyTreeError({
      problem: `what the snapshot held of ${visibleText(entry.path)} went away meanwhile`,
      advice:
        'A part of the tree is restored already. Call it again: what is lost is named, and nothing is done twice.',
    });
  }
  await replaceFile(place, content, entry.mode);
}
