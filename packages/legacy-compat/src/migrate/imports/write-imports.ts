import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LegacyTreeDirtyError, LegacyTreeError } from '../../errors.ts';
import { refuseLinks, replaceFile } from '../project/replace-file.ts';
import { systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';
import { hashOf } from '../snapshot/manifest.ts';
import { recordUse } from '../snapshot/snapshot-uses.ts';
import { recordWritten } from '../snapshot/written-log.ts';
import { inTurns, takeSnapshot } from '../snapshot/take-snapshot.ts';
import type { ImportsPlan, PlannedFile } from './plan-imports.ts';
import { findUncommitted } from './uncommitted.ts';

/** Where it is kept what was there, and whether changes git does not hold may be mixed with it. */
export interface WriteOptions {
  readonly stateDirectory: string;
  readonly force?: boolean;
  /** Told the way back before the first file is written: who is stopped half way needs it. */
  readonly onSnapshot?: (snapshotId: string) => void;
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
  const paths = changed.map(({ path }) => path);
  const uncommitted = options.force === true ? [] : await findUncommitted(root, paths);
  if (uncommitted.length > 0) throw new LegacyTreeDirtyError({ root, paths: uncommitted });
  const { snapshotId } = await takeSnapshot({ folder: root, stateDirectory: options.stateDirectory });
  await refuseLinks(root, paths, ' again');
  await inTurns(changed, (file) => requireUnchanged(root, file));
  await recordWritten(
    options.stateDirectory,
    changed.map(({ path, before, after }) => ({ root, path, before: hashOf(before), after: hashOf(after) })),
  );
  await recordUse(options.stateDirectory, { snapshotId, by: 'imports', files: changed.length });
  options.onSnapshot?.(snapshotId);
  for (const file of changed) await writeFile(root, file, snapshotId);
  return { snapshotId, written: paths };
}

async function requireUnchanged(root: string, { path, before }: PlannedFile): Promise<void> {
  const now = await readFile(join(root, path)).catch(() => undefined); // gone, or not ours to read any more
  if (now?.equals(Buffer.from(before)) === true) return;
  throw new LegacyTreeError({
    problem: `${visibleText(path)} was changed meanwhile`,
    advice: 'Nothing was changed. Call it again.',
  });
}

async function writeFile(root: string, { path, after }: PlannedFile, snapshotId: string): Promise<void> {
  try {
    await replaceFile(join(root, path), after);
  } catch (error) {
    throw new LegacyTreeError({
      problem: `${visibleText(path)} could not be written: ${systemProblem(error)}`,
      advice: `Files before it were written. Put right what is named and call it again, or go back: jarvis migrate rollback ${snapshotId}`,
      cause: error,
    });
  }
}
