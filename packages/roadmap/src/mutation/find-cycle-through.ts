import type { RoadmapStage } from '../roadmap-stage.ts';

type Dependent = Pick<RoadmapStage, 'id' | 'dependsOn'>;

/** Finding a few stages one by one is cheaper than a map of all of them. */
const FOUND_ONE_BY_ONE = 8;

/**
 * A circle of dependencies that one of the added stages is part of, its first stage repeated at the end. Where there was
 * none before a change, a new one must pass through a stage that the change has put in.
 */
export function findCycleThrough(
  added: readonly Dependent[],
  stages: readonly Dependent[],
): readonly string[] | undefined {
  const find = createLookup(stages);

  for (const stage of added) {
    const cycle = findWayBack(stage, find);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function createLookup(stages: readonly Dependent[]): (stageId: string) => Dependent | undefined {
  const known = new Map<string, Dependent | undefined>();
  let byId: ReadonlyMap<string, Dependent> | undefined;

  return (stageId) => {
    if (byId !== undefined || known.has(stageId)) return (byId ?? known).get(stageId);
    if (known.size === FOUND_ONE_BY_ONE) {
      byId = new Map(stages.map((stage) => [stage.id, stage]));
      return byId.get(stageId);
    }
    const found = stages.find(({ id }) => id === stageId);
    known.set(stageId, found);
    return found;
  };
}

function findWayBack(
  start: Dependent,
  find: (stageId: string) => Dependent | undefined,
): readonly string[] | undefined {
  const reachedFrom = new Map<string, string>();
  const open = [start];

  for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
    for (const id of stage.dependsOn) {
      if (id === start.id) return [...listWay(start.id, stage.id, reachedFrom), start.id];
      if (reachedFrom.has(id)) continue;
      reachedFrom.set(id, stage.id);
      const dependency = find(id);
      if (dependency !== undefined) open.push(dependency);
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
