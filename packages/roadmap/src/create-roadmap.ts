import { InvalidRoadmapError } from './errors.ts';
import { listRoadmapProblems } from './invariants.ts';
import { assertWithinLimits } from './roadmap-rules.ts';
import type { RoadmapRules } from './roadmap-rules.ts';
import { toPendingStage } from './roadmap-stage.ts';
import type { NewStage } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/**
 * Makes version 1 of a roadmap from planned stages, all of them `pending`.
 *
 * @throws {@link InvalidRoadmapError} with every problem at once: no stage, an id that is invalid or used twice, a
 * dependency that does not exist, a stage that depends on itself, a circle of dependencies, names that differ in upper
 * and lower case at most, a category that the rules do not allow.
 * @throws {@link RoadmapLimitError} when there are more stages or plan steps than the rules allow.
 *
 * @example
 * ```ts
 * const roadmap = createRoadmap([{ id: 'shop', brief }, { id: 'checkout', brief: other, dependsOn: ['shop'] }]);
 * ```
 */
export function createRoadmap(stages: readonly NewStage[], rules?: RoadmapRules): Roadmap {
  assertWithinLimits(stages, rules);
  const pending = stages.map(toPendingStage);
  const problems = listRoadmapProblems(pending, rules);

  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }
  return { version: 1, stages: pending, ...(rules === undefined ? {} : { rules }) };
}
