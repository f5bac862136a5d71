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
  const { kept, position } = keepOthers(roadmap.stages, { removed, added });
  const stages = kept.toSpliced(position, 0, ...added);

  if (added.length > removed.length) {
    assertWithinLimits(stages, roadmap.rules);
  }
  const problems = listReplacementProblems(roadmap, kept, added);
  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }
  // Nothing depends on a stage that was not there, so a new stage alone never closes a circle.
  const cycle = removed.length === 0 ? undefined : findCycleThrough(added, stages);
  if (cycle !== undefined) {
    throw new InvalidRoadmapError({ problems: [{ type: 'cycle', stageIds: cycle }] });
  }
  return { ...roadmap, stages };
}

/** The stages that stay, and where among them the first one stood that goes. */
function keepOthers(stages: readonly RoadmapStage[], { removed, added }: Replacement) {
  if (removed.length === 0) return { kept: stages, position: stages.length };
  const gone = new Set(removed);
  const addedIds = added.map(({ id }) => id);
  const kept: RoadmapStage[] = [];
  let position: number | undefined;
  for (const stage of stages) {
    if (gone.has(stage.id)) {
      position ??= kept.length;
    } else {
      kept.push(hasAny(stage.dependsOn, gone) ? dependOnAdded(stage, gone, addedIds) : stage);
    }
  }
  return { kept, position: position ?? kept.length };
}

/** A plain loop: this is asked of every stage, and a function for each of them would cost three times as much. */
function hasAny(ids: readonly string[], wanted: ReadonlySet<string>): boolean {
  for (const id of ids) {
    if (wanted.has(id)) return true;
  }
  return false;
}

function dependOnAdded(
  stage: RoadmapStage,
  gone: ReadonlySet<string>,
  addedIds: readonly string[],
): RoadmapStage {
  const rewired = stage.dependsOn.flatMap((id) => (gone.has(id) ? addedIds : [id]));

  return { ...stage, dependsOn: [...new Set(rewired)] };
}

function listReplacementProblems(
  { rules = {} }: Roadmap,
  kept: readonly RoadmapStage[],
  added: readonly RoadmapStage[],
): readonly RoadmapProblem[] {
  if (kept.length + added.length === 0) return [{ type: 'empty' }];
  const addedIds = added.map(({ id }) => id);
  const taken = findIds(kept, new Set([...addedIds, ...added.flatMap(({ dependsOn }) => dependsOn)]));
  const ids = new Set([...taken, ...addedIds]);
  const duplicates = addedIds.filter((id, index) => taken.has(id) || addedIds.indexOf(id) < index);

  return [
    ...duplicates.map((stageId) => ({ type: 'duplicate_id', stageId }) as const),
    ...added.flatMap((stage) => listStageProblems(stage, ids)),
    ...listNewNameProblems(added, kept),
    ...added.flatMap((stage) => listCategoryProblems(stage, rules)),
  ];
}

/** Which of these ids there are. A set of all ids would cost more than everything else a change does. */
function findIds(stages: readonly RoadmapStage[], wanted: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { id } of stages) {
    if (wanted.has(id)) found.add(id);
  }
  return found;
}
