import { listDivisionProblems, toPartBrief } from './mutation/stage-part.ts';
import type { Divided, StagePart } from './mutation/stage-part.ts';
import { InvalidDivisionError } from './restructure-errors.ts';
import type { NewStage } from './roadmap-stage.ts';

/**
 * Divides the steps and requirements of a plan among stages, for {@link createRoadmap}; use it when stages name plan
 * steps by position, as a model does that divides a plan it was shown.
 *
 * @throws {@link InvalidDivisionError} when a position is not there, or a step or a requirement belongs to no stage, or a
 * step to two.
 */
export function planStages(plan: Divided, parts: readonly StagePart[]): readonly NewStage[] {
  const problems = parts.length === 0 ? [] : listDivisionProblems(plan, parts);
  if (problems.length > 0) {
    throw new InvalidDivisionError({ problems });
  }

  return parts.map((part) => ({
    id: part.id,
    brief: toPartBrief(plan, part),
    dependsOn: part.dependsOn ?? [],
    ...(part.categories === undefined ? {} : { categories: part.categories }),
  }));
}
