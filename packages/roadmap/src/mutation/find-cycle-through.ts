import type { RoadmapStage } from '../roadmap-stage.ts';

type Dependent = Pick<RoadmapStage, 'id' | 'dependsOn'>;

/**
 * A circle of dependencies that one of these stages is part of, its first stage repeated at the end. Where there was
 * none before a change, a new one must pass through a stage that the change has put in.
 */
export function findCycleThrough(
  stageIds: readonly string[],
  stages: readonly Dependent[],
): readonly string[] | undefined {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));

  for (const stageId of stageIds) {
    const cycle = findWayBack(stageId, byId);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function findWayBack(start: string, byId: ReadonlyMap<string, Dependent>): readonly string[] | undefined {
  const reachedFrom = new Map<string, string>();
  const open = [start];

  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const dependency of byId.get(id)?.dependsOn ?? []) {
      if (dependency === start) return [...listWay(start, id, reachedFrom), start];
      if (!reachedFrom.has(dependency)) {
        reachedFrom.set(dependency, id);
        open.push(dependency);
      }
    }
  }
  return undefined;
}

function listWay(start: string, end: string, reachedFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end];
  for (let id = end; id !== start; id = way[0] ?? start) {
    way.unshift(reachedFrom.get(id) ?? start);
  }
  return way;
}
