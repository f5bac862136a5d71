import { InvalidRoadmapError } from './errors.ts';
import { listRoadmapProblems } from './invariants.ts';
import { toPendingStage } from './roadmap-stage.ts';
import type { NewStage } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/**
 * Makes version 1 of a roadmap from planned stages, all of them `pending`.
 *
 * @throws {@link InvalidRoadmapError} with every problem at once: no stage, an id that is invalid or used twice, a
 * dependency that does not exist, a stage that depends on itself, a circle of dependencies.
 *
 * @example
 * ```ts
 * const roadmap = createRoadmap([{ id: 'shop', brief }, { id: 'checkout', brief: other, dependsOn: ['shop'] }]);
 * ```
 */
export function createRoadmap(stages: readonly NewStage[]): Roadmap {
  const pending = stages.map(toPendingStage);
  const problems = listRoadmapProblems(pending);

  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }
  return { version: 1, stages: pending };
}
