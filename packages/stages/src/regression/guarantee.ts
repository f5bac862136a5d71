import type { StageSnapshot } from '../evolve-stage.ts';
import type { FileVersion } from './file-edit.ts';

/** A check that passed when a stage was completed: later stages must not break it. */
export interface Guarantee {
  readonly stageId: string;
  /** The id of the check. */
  readonly check: string;
  /** What the check was about, as it was then. */
  readonly files: readonly FileVersion[];
}

/**
 * What a stage guarantees: the checks that passed on what it was completed with. A stage that is not completed, or whose
 * checks looked at something else, guarantees nothing.
 */
export function guaranteesOf(stageId: string, stage: StageSnapshot): readonly Guarantee[] {
  const { state, check, contentHash } = stage;
  if (state !== 'completed' || check === undefined || check.contentHash !== contentHash) return [];
  return check.passed.map(({ check: id, files }) => ({ stageId, check: id, files }));
}

/** The guarantees about files that were changed: their checks have to run again. */
export function guaranteesTouched(
  guarantees: readonly Guarantee[],
  changedFiles: Iterable<string>,
): readonly Guarantee[] {
  const changed = new Set(changedFiles);
  return guarantees.filter(({ files }) => files.some(({ path }) => changed.has(path)));
}
