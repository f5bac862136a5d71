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
export function replaceStages(roadmap: Roadmap, replacement: Replacement): Roadmap {
  const { removed, added } = replacement;
  const concerned = findConcerned(roadmap.stages, replacement);
  const kept = keepOthers(roadmap.stages, replacement, concerned);
  const position = concerned.removedAt[0] ?? kept.length;
  const stages = kept.toSpliced(position, 0, ...added);

  if (added.length > removed.length) {
    assertWithinLimits(stages, roadmap.rules);
  }
  const problems = listReplacementProblems(roadmap, { kept, taken: concerned.taken, added });
  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }
  const addedAt = added.map((_, index) => position + index);
  // Nothing depends on a stage that was not there, so a new stage alone never closes a circle.
  const cycle = removed.length === 0 ? undefined : findCycleThrough(addedAt, stages);
  if (cycle !== undefined) {
    throw new InvalidRoadmapError({ problems: [{ type: 'cycle', stageIds: cycle }] });
  }
  return { ...roadmap, stages };
}

/** What a replacement has to do with the stages that are there; positions count from 0. */
interface Concerned {
  readonly removedAt: readonly number[];
  readonly dependentsAt: readonly number[];
  /** Which of the ids that come in, or that they depend on, are those of stages that stay. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Asks every stage once. Everything else a replacement does is about a few of them, so a second question, or a set of
 * all ids, would cost as much as all that is left to do.
 */
function findConcerned(stages: readonly RoadmapStage[], { removed, added }: Replacement): Concerned {
  const gone = new Set(removed);
  const named = new Set([...removed, ...added.flatMap(({ id, dependsOn }) => [id, ...dependsOn])]);
  const removedAt: number[] = [];
  const dependentsAt: number[] = [];
  const taken = new Set<string>();
  let position = 0;
  for (const { id, dependsOn } of stages) {
    if (named.has(id)) {
      if (gone.has(id)) removedAt.push(position);
      else taken.add(id);
    }
    if (gone.size > 0 && hasAny(dependsOn, gone)) dependentsAt.push(position);
    position += 1;
  }
  return { removedAt, dependentsAt, taken };
}

/** A plain loop: this is asked of every stage, and a function for each of them would cost three times as much. */
function hasAny(ids: readonly string[], wanted: ReadonlySet<string>): boolean {
  for (const id of ids) {
    if (wanted.has(id)) return true;
  }
  return false;
}

/** The stages that stay. The list is copied in one piece, since nearly all of them stay as they are. */
function keepOthers(
  stages: readonly RoadmapStage[],
  { removed, added }: Replacement,
  { removedAt, dependentsAt }: Concerned,
): readonly RoadmapStage[] {
  const kept = [...stages];
  const gone = new Set(removed);
  const addedIds = added.map(({ id }) => id);
  for (const position of dependentsAt) {
    const dependent = stages[position];
    if (dependent !== undefined) kept[position] = dependOnAdded(dependent, gone, addedIds);
  }
  for (const position of removedAt.toReversed()) kept.splice(position, 1);
  return kept;
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
  { kept, taken, added }: ReplacedStages,
): readonly RoadmapProblem[] {
  if (kept.length + added.length === 0) return [{ type: 'empty' }];
  const addedIds = added.map(({ id }) => id);
  const ids = new Set([...taken, ...addedIds]);
  const duplicates = addedIds.filter((id, index) => taken.has(id) || addedIds.indexOf(id) < index);

  return [
    ...duplicates.map((stageId) => ({ type: 'duplicate_id', stageId }) as const),
    ...added.flatMap((stage) => listStageProblems(stage, ids)),
    ...listNewNameProblems(added, kept),
    ...added.flatMap((stage) => listCategoryProblems(stage, rules)),
  ];
}

interface ReplacedStages extends Pick<Concerned, 'taken'> {
  readonly kept: readonly RoadmapStage[];
  readonly added: readonly RoadmapStage[];
}
