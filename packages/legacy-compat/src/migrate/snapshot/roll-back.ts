import { lstat } from 'node:fs/promises';

import { LegacySnapshotDamagedError, LegacyTreeError } from '../../errors.ts';
import { listPaths, visibleText } from '../project/visible-text.ts';
import { applyRollback } from './apply-rollback.ts';
import { ContentStore } from './content-store.ts';
import type { SnapshotEntry } from './manifest.ts';
import { planRollback, type RollbackPlan } from './plan-rollback.ts';
import { type SmokeCheck, smokeTest } from './smoke-test.ts';
import { recordUse } from './snapshot-uses.ts';
import { findDamage, takeSnapshot } from './take-snapshot.ts';
import { TreeFolders } from './tree-folders.ts';
import { readWritten } from './written-log.ts';

/** Which snapshot, and how far to go. */
export interface RollbackOptions {
  readonly snapshotId: string;
  readonly stateDirectory: string;
  /** Also overwrite what somebody else has changed since. */
  readonly force?: boolean;
  /** Bring back all but the files whose content the snapshot has lost. */
  readonly skipDamaged?: boolean;
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
  /** What Python had compiled from those; it makes it again when it is needed. */
  readonly compiled: readonly string[];
  /** What others have added since; it stays. */
  readonly kept: readonly string[];
  /** What somebody else has changed since. */
  readonly conflicts: readonly string[];
  /** What `force` would do; only of one that was refused. */
  readonly withForce?: Pick<Rollback, 'restored' | 'removed' | 'compiled'>;
  /** What should be brought back and cannot be, because the snapshot has lost it; it stays as it is. */
  readonly lost: readonly string[];
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
 * @throws {@link LegacySnapshotDamagedError} when it does not hold what it was taken of and `skipDamaged` is not set; the
 * tree is not touched.
 * @throws {@link LegacyTreeError} when the tree is gone, or something in it cannot be replaced.
 */
export async function rollBack(options: RollbackOptions): Promise<Rollback> {
  const { snapshotId, stateDirectory, force = false, isDryRun = false } = options;
  const store = new ContentStore(stateDirectory);
  const manifest = await store.load(snapshotId);
  const damaged = await findDamage(store, manifest);
  await requireFolder(manifest.root);

  const folders = new TreeFolders(manifest.root);
  const written = await readWritten(stateDirectory, manifest.root);
  const found = await planRollback(manifest, written, folders);
  const { plan, lost } = leaveOut(found, damaged);
  if (damaged.length > 0 && options.skipDamaged !== true) throw toDamage(snapshotId, damaged, lost);
  const restore = [...plan.restore, ...(force ? plan.conflicts : [])];
  const remove = [...plan.remove, ...plan.compiled];
  const outcome = {
    snapshotId,
    root: manifest.root,
    restored: restore.map(({ path }) => path).sort(),
    removed: plan.remove,
    compiled: plan.compiled,
    kept: plan.kept,
    conflicts: plan.conflicts.map(({ path }) => path),
    lost,
    smoke: [],
  };
  if (plan.conflicts.length > 0 && !force) {
    const { removed, compiled } = outcome;
    const restored = [...plan.restore, ...plan.conflicts].map(({ path }) => path).sort();
    const withForce = { restored, removed, compiled };
    return { ...outcome, status: 'refused', restored: [], removed: [], compiled: [], withForce };
  }
  if (isDryRun) return { ...outcome, status: 'planned' };
  if (restore.length + remove.length === 0) {
    return { ...outcome, status: 'done', smoke: await smokeTest(manifest, plan.kept) };
  }
  const undo = await takeSnapshot({ folder: manifest.root, stateDirectory });
  const files = restore.length + remove.length;
  await recordUse(stateDirectory, { snapshotId: undo.snapshotId, by: 'rollback', files });
  await applyRollback(store, manifest, { restore, remove, folders });
  return { ...outcome, status: 'done', undoId: undo.snapshotId, smoke: await smokeTest(manifest, plan.kept) };
}

/** Takes what cannot be brought back out of a plan. */
function leaveOut(plan: RollbackPlan, damaged: readonly string[]) {
  const isLost = ({ path }: SnapshotEntry) => damaged.includes(path);
  const without = (entries: readonly SnapshotEntry[]) => entries.filter((entry) => !isLost(entry));
  return {
    plan: { ...plan, restore: without(plan.restore), conflicts: without(plan.conflicts) },
    lost: [...plan.restore, ...plan.conflicts].filter(isLost).map(({ path }) => path),
  };
}

function toDamage(
  snapshotId: string,
  damaged: readonly string[],
  lost: readonly string[],
): LegacySnapshotDamagedError {
  const kept = `what it kept of ${listPaths(damaged)} is missing or was changed`;
  return new LegacySnapshotDamagedError({
    snapshotId,
    problem:
      lost.length === 0
        ? `${kept}; the tree still has all of these as they were`
        : `${kept}; ${listPaths(lost)} cannot be brought back`,
    paths: damaged,
    advice: `bring back everything else: jarvis migrate rollback ${snapshotId} --skip-damaged`,
  });
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
