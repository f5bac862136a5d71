import { InvalidRoadmapError } from '../errors.ts';
import { listStageProblems } from '../invariants.ts';
import type { RoadmapProblem } from '../invariants.ts';
import { listCategoryProblems, listNewNameProblems } from '../naming-problems.ts';
import { assertWithinLimits } from '../roadmap-rules.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { findCycleThrough } from './find-cycle-through.ts';

/** Which stages go and which come, in one change. */
export interface Replacement {
  readonly removed: readonly string[];
  readonly added: readonly RoadmapStage[];
}

/**
 * Puts stages where the first of the removed ones was, or at the end when none is removed. Whatever depended on a
 * removed stage depends on all the added ones.
 *
 * @throws {@link RoadmapLimitError} when the roadmap would grow beyond its limits.
 * @throws {@link InvalidRoadmapError} when an added stage does not fit.
 */
export function replaceStages(roadmap: Roadmap, { removed, added }: Replacement): Roadmap {
  const gone = new Set(removed);
  const addedIds = added.map(({ id }) => id);
  const kept = roadmap.stages
    .filter(({ id }) => !gone.has(id))
    .map((stage) => (gone.size === 0 ? stage : dependOnAdded(stage, gone, addedIds)));
  // Nothing that is kept stands before the first one that goes, so its place is the same among the kept ones.
  const position = gone.size === 0 ? kept.length : roadmap.stages.findIndex(({ id }) => gone.has(id));
  const stages = kept.toSpliced(position, 0, ...added);

  if (added.length > removed.length) {
    assertWithinLimits(stages, roadmap.rules);
  }
  const problems = listReplacementProblems(roadmap, { kept, added, stages });
  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }
  // Nothing depends on a stage that was not there, so a new stage alone never closes a circle.
  const cycle = gone.size === 0 ? undefined : findCycleThrough(addedIds, stages);
  if (cycle !== undefined) {
    throw new InvalidRoadmapError({ problems: [{ type: 'cycle', stageIds: cycle }] });
  }
  return { ...roadmap, stages };
}

function dependOnAdded(
  stage: RoadmapStage,
  gone: ReadonlySet<string>,
  addedIds: readonly string[],
): RoadmapStage {
  const { dependsOn } = stage;
  if (!dependsOn.some((id) => gone.has(id))) return stage;
  const rewired = dependsOn.flatMap((id) => (gone.has(id) ? addedIds : [id]));

  return { ...stage, dependsOn: [...new Set(rewired)] };
}

interface Replaced {
  readonly kept: readonly RoadmapStage[];
  readonly added: readonly RoadmapStage[];
  readonly stages: readonly RoadmapStage[];
}

function listReplacementProblems(
  { rules = {} }: Roadmap,
  { kept, added, stages }: Replaced,
): readonly RoadmapProblem[] {
  if (stages.length === 0) return [{ type: 'empty' }];
  const ids = new Set(stages.map(({ id }) => id));
  const others = new Set(kept.map(({ id }) => id));
  const duplicates = added.filter(
    ({ id }, index) => others.has(id) || added.findIndex((other) => other.id === id) < index,
  );

  return [
    ...duplicates.map(({ id: stageId }) => ({ type: 'duplicate_id', stageId }) as const),
    ...added.flatMap((stage) => listStageProblems(stage, ids)),
    ...listNewNameProblems(added, kept),
    ...added.flatMap((stage) => listCategoryProblems(stage, rules)),
  ];
}
