import { lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { LegacyTreeDirtyError, LegacyTreeError } from '../../errors.ts';
import { draftPathOf } from '../snapshot/draft-path.ts';
import { hashOf } from '../snapshot/manifest.ts';
import { recordWritten } from '../snapshot/written-log.ts';
import { inTurns, takeSnapshot } from '../snapshot/take-snapshot.ts';
import type { ImportsPlan, PlannedFile } from './plan-imports.ts';
import { findUncommitted } from './uncommitted.ts';

/** Where it is kept what was there, and whether changes git does not hold may be mixed with it. */
export interface WriteOptions {
  readonly stateDirectory: string;
  readonly force?: boolean;
}

/** What was written. */
export interface WrittenImports {
  /** The tree right before; left out when there was nothing to write. */
  readonly snapshotId?: string;
  readonly written: readonly string[];
}

/**
 * Writes what was planned, after a snapshot. Each file is replaced as a whole and keeps its mode.
 *
 * @throws {@link LegacyTreeDirtyError} when git holds the tree in another state.
 * @throws {@link LegacyTreeError} when a file was changed since it was planned, or cannot be written.
 */
export async function writeImports(plan: ImportsPlan, options: WriteOptions): Promise<WrittenImports> {
  const { root } = plan;
  const changed = plan.files.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return { written: [] };
  const uncommitted = options.force === true ? [] : await findUncommitted(root);
  if (uncommitted.length > 0) throw new LegacyTreeDirtyError({ root, paths: uncommitted });
  const { snapshotId } = await takeSnapshot({ folder: root, stateDirectory: options.stateDirectory });
  await inTurns(changed, (file) => requireUnchanged(root, file));
  await recordWritten(
    options.stateDirectory,
    changed.map(({ path, before, after }) => ({ root, path, before: hashOf(before), after: hashOf(after) })),
  );
  for (const file of changed) await writeFile(root, file, snapshotId);
  return { snapshotId, written: changed.map(({ path }) => path) };
}

async function requireUnchanged(root: string, { path, before }: PlannedFile): Promise<void> {
  if ((await readFile(join(root, path), 'utf8')) === before) return;
  throw new LegacyTreeError({
    problem: `${path} was changed meanwhile`,
    advice: 'Nothing was changed. Call it again.',
  });
}

async function writeFile(root: string, { path, after }: PlannedFile, snapshotId: string): Promise<void> {
  const place = join(root, path);
  const draft = draftPathOf(place);
  try {
    const { mode } = await lstat(place);
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(after);
      await handle.chmod(mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the first error is the one to be told
    const reason = error instanceof Error ? error.message : String(error);
    throw new LegacyTreeError({
      problem: `${path} could not be written (${reason})`,
      advice: `Files before it were written. Put right what is named and call it again, or go back: jarvis migrate rollback ${snapshotId}`,
      cause: error,
    });
  }
}
