import { LegacySnapshotDamagedError } from '../../errors.ts';
import { ContentStore } from './content-store.ts';
import type { Manifest } from './manifest.ts';
import { readUses, type SnapshotUse } from './snapshot-uses.ts';
import { inTurns } from './take-snapshot.ts';

/** A snapshot that can be gone back to. */
export interface ListedSnapshot {
  readonly snapshotId: string;
  /** When it was taken, the last time if it was more than once: ISO 8601. */
  readonly takenAt: string;
  /** The real path of the tree; `null` when its list of files is damaged or cannot be read. */
  readonly root: string | null;
  readonly files: number | null;
  /** What changed the tree right after, the oldest first. */
  readonly usedBy: readonly Pick<SnapshotUse, 'by' | 'files'>[];
}

/** Lists every snapshot of a state directory, the latest last: for whoever has lost the id of one. */
export async function listSnapshots(stateDirectory: string): Promise<readonly ListedSnapshot[]> {
  const store = new ContentStore(stateDirectory);
  const uses = Map.groupBy(await readUses(stateDirectory), ({ snapshotId }) => snapshotId);
  return inTurns(await store.list(), async ({ snapshotId, takenAt }) => {
    const manifest = await loadIfWhole(store, snapshotId);
    return {
      snapshotId,
      takenAt: takenAt.toISOString(),
      root: manifest?.root ?? null,
      files: manifest?.entries.filter(({ kind }) => kind === 'file').length ?? null,
      usedBy: (uses.get(snapshotId) ?? []).map(({ by, files }) => ({ by, files })),
    };
  });
}

async function loadIfWhole(store: ContentStore, snapshotId: string): Promise<Manifest | undefined> {
  try {
    return await store.load(snapshotId);
  } catch (error) {
    if (error instanceof LegacySnapshotDamagedError) return undefined;
    throw error;
  }
}
