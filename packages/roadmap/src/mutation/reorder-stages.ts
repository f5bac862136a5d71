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
  const stages = arrange(roadmap.stages, stageIds);
  if (stages === undefined) {
    const byId = new Map(roadmap.stages.map((stage) => [stage.id, stage]));
    throw new InvalidOrderError(listOrderProblems(byId, stageIds));
  }

  return { ...roadmap, stages };
}

/** The stages in this order, unless it is none. Only an order that is none is looked through for everything wrong. */
function arrange(
  stages: readonly RoadmapStage[],
  stageIds: readonly string[],
): readonly RoadmapStage[] | undefined {
  const positions = new Map(stageIds.map((id, position) => [id, position]));
  if (positions.size !== stages.length || stageIds.length !== stages.length) return undefined;
  const arranged = [...stages];
  for (const stage of stages) {
    const position = positions.get(stage.id);
    if (position === undefined || isBeforeDependency(stage, positions)) return undefined;
    arranged[position] = stage;
  }
  return arranged;
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
