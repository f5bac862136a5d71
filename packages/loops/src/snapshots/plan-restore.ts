import type { RoundChanges } from './list-snapshots.ts';

/** A file as it shall be again: its content by hash, `null` for none. */
export interface RestoredFile {
  readonly path: string;
  /** What is there now. */
  readonly before: string | null;
  readonly after: string | null;
  /** The permissions it had; missing when the run was made by a release that did not keep them. */
  readonly mode?: number;
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
  readonly mode: number | undefined;
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
  for (const [path, { target, versions, mode }] of known) {
    const before = onDisk.get(path) ?? null;
    if (before === target) continue;
    if (force || before === null || versions.has(before)) {
      files.push({ path, before, after: target, ...(mode !== undefined && { mode }) });
    } else left.push(path);
  }
  return { files, left, unchanged: known.size - files.length - left.length };
}

function foldVersions(changes: readonly RoundChanges[], until: number): ReadonlyMap<string, KnownVersions> {
  const known = new Map<string, KnownVersions>();
  for (const { round, writes, isWhole } of changes) {
    const modes = new Map(writes.map(({ path, mode }) => [path, mode]));
    for (const { path, before, after, movedFrom = path, mode } of writes) {
      const first = { target: before, mode, versions: new Set<string>() };
      const { versions, ...earlier } = known.get(path) ?? first;
      // A run changes no permissions: what it writes has those of the file that was there, or was moved there.
      const written = { target: after, mode: mode ?? modes.get(movedFrom) };
      const found = [before, after].filter((hash) => hash !== null);
      known.set(path, {
        ...(isWhole && round <= until ? written : earlier),
        versions: new Set([...versions, ...found]),
      });
    }
  }
  return known;
}
