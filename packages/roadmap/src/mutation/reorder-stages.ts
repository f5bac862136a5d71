import { InvalidOrderError } from '../errors.ts';
import type { OrderProblems } from '../errors.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { createLocator } from './locate-stage.ts';

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
  if (stageIds.length !== stages.length) return undefined;
  const locate = createLocator(stages);
  const isPlaced = new Array<boolean>(stages.length).fill(false);
  const isMissing = (position: number) => position !== -1 && isPlaced[position] === false;
  const arranged: RoadmapStage[] = [];
  let next = 0;
  for (const id of stageIds) {
    // Most stages still come after the one they came after before.
    const at = stages[next]?.id === id ? next : locate(id, next);
    const stage = stages[at];
    if (stage === undefined || isPlaced[at] === true) return undefined;
    for (const other of stage.dependsOn) {
      if (isMissing(locate(other, at))) return undefined;
    }
    isPlaced[at] = true;
    arranged.push(stage);
    next = at + 1;
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
