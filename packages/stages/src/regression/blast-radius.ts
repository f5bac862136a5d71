import type { Guarantee } from './guarantee.ts';
import { guaranteesTouched } from './guarantee.ts';

/** A stage as the roadmap has it, and the files it has changed. */
export interface StageReach {
  readonly stageId: string;
  readonly dependsOn: readonly string[];
  readonly files: readonly string[];
}

/** What has to be verified again after a stage was reopened and completed. */
export interface BlastRadius {
  /** Stages that depend on it, directly or not, and share a changed file with it, in the order of the roadmap. */
  readonly stageIds: readonly string[];
  /** Their guarantees about files that were changed: the checks to run again. */
  readonly guarantees: readonly Guarantee[];
  /** All other stages: nothing of theirs is looked at again. */
  readonly spared: readonly string[];
}

/**
 * Says how far a reopened stage reaches: of the stages that depend on it, those whose guarantees or files are about what
 * it has changed now.
 *
 * @param stages all stages, in the order of the roadmap.
 */
export function blastRadius(
  reopened: { readonly stageId: string; readonly changedFiles: readonly string[] },
  stages: readonly StageReach[],
  guarantees: readonly Guarantee[],
): BlastRadius {
  const dependents = dependentsOf(reopened.stageId, stages);
  const changed = new Set(reopened.changedFiles);
  const touched = guaranteesTouched(guarantees, changed).filter(({ stageId }) => dependents.has(stageId));
  const guaranteeing = new Set(touched.map(({ stageId }) => stageId));
  const isHit = ({ stageId, files }: StageReach) =>
    dependents.has(stageId) && (guaranteeing.has(stageId) || files.some((file) => changed.has(file)));
  const others = stages.filter((stage) => stage.stageId !== reopened.stageId);
  return {
    stageIds: others.filter(isHit).map(({ stageId }) => stageId),
    guarantees: touched,
    spared: others.filter((stage) => !isHit(stage)).map(({ stageId }) => stageId),
  };
}

/** Everything that stands on a stage; the stage itself is not among it, even where dependencies go in a circle. */
function dependentsOf(stageId: string, stages: readonly StageReach[]): ReadonlySet<string> {
  const direct = new Map<string, string[]>();
  for (const stage of stages) {
    for (const needed of stage.dependsOn) {
      direct.set(needed, [...(direct.get(needed) ?? []), stage.stageId]);
    }
  }
  const reached = new Set<string>();
  const waiting = [stageId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const added = (direct.get(next) ?? []).filter((id) => id !== stageId && !reached.has(id));
    added.forEach((id) => reached.add(id));
    waiting.push(...added);
  }
  return reached;
}
