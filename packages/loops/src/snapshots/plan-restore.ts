import type { RoundChanges } from './list-snapshots.ts';

/** A file as it shall be again: its content by hash, `null` for none. */
export interface RestoredFile {
  readonly path: string;
  /** What is there now. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface RestorePlan {
  readonly files: readonly RestoredFile[];
  /** Files somebody else has changed, which stay as they are. */
  readonly left: readonly string[];
  /** How many are as they shall be already. */
  readonly unchanged: number;
}

export interface RestoreWish {
  readonly round: number;
  /** Whether what somebody else has changed is overwritten, too. */
  readonly force: boolean;
  /** The hashes of what is there now. */
  readonly onDisk: ReadonlyMap<string, string>;
}

interface KnownVersions {
  /** What the file was after the round, or before the run first touched it. */
  readonly target: string | null;
  /** Everything the run has found or left there. All of it is kept, so none of it is lost by being overwritten. */
  readonly versions: ReadonlySet<string>;
}

/** Decides what becomes of every file the run has touched; all others are none of its business. */
export function planRestore(
  changes: readonly RoundChanges[],
  { round, force, onDisk }: RestoreWish,
): RestorePlan {
  const files: RestoredFile[] = [];
  const left: string[] = [];
  const known = foldVersions(changes, round);
  for (const [path, { target, versions }] of known) {
    const before = onDisk.get(path) ?? null;
    if (before === target) continue;
    if (force || before === null || versions.has(before)) files.push({ path, before, after: target });
    else left.push(path);
  }
  return { files, left, unchanged: known.size - files.length - left.length };
}

function foldVersions(changes: readonly RoundChanges[], until: number): ReadonlyMap<string, KnownVersions> {
  const known = new Map<string, KnownVersions>();
  for (const { round, writes, isWhole } of changes) {
    for (const { path, before, after } of writes) {
      const { target, versions } = known.get(path) ?? { target: before, versions: new Set<string>() };
      const found = [before, after].filter((hash) => hash !== null);
      known.set(path, {
        target: isWhole && round <= until ? after : target,
        versions: new Set([...versions, ...found]),
      });
    }
  }
  return known;
}
