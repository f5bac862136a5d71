import type { RoadmapStage } from '../roadmap-stage.ts';
import { createLocator } from './locate-stage.ts';
import type { LocateStage } from './locate-stage.ts';

type Dependent = Pick<RoadmapStage, 'id' | 'dependsOn'>;

/**
 * A circle of dependencies that a stage at one of these positions is part of, its first stage repeated at the end. Where
 * there was none before a change, a new one must pass through a stage that the change has put in.
 */
export function findCycleThrough(
  addedAt: readonly number[],
  stages: readonly Dependent[],
): readonly string[] | undefined {
  const locate = createLocator(stages);

  for (const position of addedAt) {
    const cycle = findWayBack(position, stages, locate);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function findWayBack(
  startAt: number,
  stages: readonly Dependent[],
  locate: LocateStage,
): readonly string[] | undefined {
  const start = stages[startAt]?.id;
  const reachedFrom = new Map<string, string>();
  const open = [startAt];

  for (let at = open.pop(); at !== undefined && start !== undefined; at = open.pop()) {
    const { id: from = start, dependsOn = [] } = stages[at] ?? {};
    for (const id of dependsOn) {
      if (id === start) return [...listWay(start, from, reachedFrom), start];
      if (reachedFrom.has(id)) continue;
      reachedFrom.set(id, from);
      open.push(locate(id, at));
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
