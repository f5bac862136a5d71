import { InvalidOrderError } from '../errors.ts';
import type { OrderProblems } from '../errors.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to put all stages in another order. */
export interface ReorderStages {
  readonly type: 'reorder';
  /** Every stage id of the roadmap once, in the new order. */
  readonly stageIds: readonly string[];
}

/**
 * Puts the stages in another order, which decides who goes first among stages that are ready.
 *
 * @throws {@link InvalidOrderError} when a stage is missing, unknown, named twice, or before one it depends on.
 */
export function reorderStages(roadmap: Roadmap, { stageIds }: ReorderStages): Roadmap {
  const byId = new Map(roadmap.stages.map((stage) => [stage.id, stage]));
  const problems = listOrderProblems(byId, stageIds);
  const { missing, unknown, repeated, tooEarly } = problems;

  if ([missing, unknown, repeated, tooEarly].some((ids) => ids.length > 0)) {
    throw new InvalidOrderError(problems);
  }

  return { ...roadmap, stages: stageIds.flatMap((id) => byId.get(id) ?? []) };
}

function listOrderProblems(
  byId: ReadonlyMap<string, RoadmapStage>,
  stageIds: readonly string[],
): OrderProblems {
  const positions = new Map(stageIds.map((id, position) => [id, position]));

  return {
    missing: [...byId.keys()].filter((id) => !positions.has(id)),
    unknown: [...positions.keys()].filter((id) => !byId.has(id)),
    repeated: stageIds.filter((id, position) => positions.get(id) !== position),
    tooEarly: stageIds.filter((id) => isBeforeDependency(byId.get(id), positions)),
  };
}

function isBeforeDependency(
  stage: RoadmapStage | undefined,
  positions: ReadonlyMap<string, number>,
): boolean {
  const own = positions.get(stage?.id ?? '') ?? 0;

  return stage?.dependsOn.some((id) => (positions.get(id) ?? 0) > own) ?? false;
}
