import { lstat } from 'node:fs/promises';

import { LegacyTreeError } from '../../errors.ts';
import { visibleText } from '../project/visible-text.ts';
import { applyRollback } from './apply-rollback.ts';
import { ContentStore } from './content-store.ts';
import { planRollback } from './plan-rollback.ts';
import { type SmokeCheck, smokeTest } from './smoke-test.ts';
import { takeSnapshot, verifyContents } from './take-snapshot.ts';
import { readWritten } from './written-log.ts';

/** Which snapshot, and how far to go. */
export interface RollbackOptions {
  readonly snapshotId: string;
  readonly stateDirectory: string;
  /** Also overwrite what somebody else has changed since. */
  readonly force?: boolean;
  /** Only tell what would be done. */
  readonly isDryRun?: boolean;
}

/** What a rollback did, or would do. */
export interface Rollback {
  readonly snapshotId: string;
  readonly root: string;
  /** `refused`: somebody else has changed something since, so nothing was touched. */
  readonly status: 'done' | 'refused' | 'planned';
  readonly restored: readonly string[];
  /** Files a migration had added. */
  readonly removed: readonly string[];
  /** What others have added since; it stays. */
  readonly kept: readonly string[];
  /** What somebody else has changed since. */
  readonly conflicts: readonly string[];
  /** A snapshot of the tree as it was right before; left out when nothing was changed. */
  readonly undoId?: string;
  /** Empty unless something was done. */
  readonly smoke: readonly SmokeCheck[];
}

/**
 * Brings a tree back to what it was when a snapshot was taken, byte for byte and with its modes. What it overwrites is
 * kept in a snapshot of its own first. Killed anywhere, it can be called again.
 *
 * @throws {@link LegacySnapshotNotFoundError} when there is none of that id.
 * @throws {@link LegacySnapshotDamagedError} when it does not hold what it was taken of; the tree is not touched.
 * @throws {@link LegacyTreeError} when the tree is gone, or something in it cannot be replaced.
 */
export async function rollBack(options: RollbackOptions): Promise<Rollback> {
  const { snapshotId, stateDirectory, force = false, isDryRun = false } = options;
  const store = new ContentStore(stateDirectory);
  const manifest = await store.load(snapshotId);
  await verifyContents(store, manifest);
  await requireFolder(manifest.root);

  const plan = await planRollback(manifest, await readWritten(stateDirectory, manifest.root));
  const conflicts = plan.conflicts.map(({ path }) => path);
  const restore = [...plan.restore, ...(force ? plan.conflicts : [])];
  const outcome = {
    snapshotId,
    root: manifest.root,
    restored: restore.map(({ path }) => path).sort(),
    removed: plan.remove,
    kept: plan.kept,
    conflicts,
    smoke: [],
  };
  if (conflicts.length > 0 && !force) return { ...outcome, status: 'refused', restored: [], removed: [] };
  if (isDryRun) return { ...outcome, status: 'planned' };
  if (restore.length + plan.remove.length === 0) {
    return { ...outcome, status: 'done', smoke: await smokeTest(manifest, plan.kept) };
  }
  const undo = await takeSnapshot({ folder: manifest.root, stateDirectory });
  await applyRollback(store, manifest, { restore, remove: plan.remove });
  return { ...outcome, status: 'done', undoId: undo.snapshotId, smoke: await smokeTest(manifest, plan.kept) };
}

async function requireFolder(root: string): Promise<void> {
  const found = await lstat(root).catch(() => undefined); // whatever is wrong with it, it is no folder
  if (found?.isDirectory() !== true) {
    throw new LegacyTreeError({
      problem: `${visibleText(root)}, of which the snapshot was taken, is no folder any more`,
      advice: `Nothing was changed. Make it again, an empty one will do, and call it again: mkdir -p '${visibleText(root)}'`,
    });
  }
}
