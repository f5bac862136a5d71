import type { RoadmapStage } from '../roadmap-stage.ts';

/** The position of a stage, looked for from another position backwards first; -1 when there is no such stage. */
export type LocateStage = (stageId: string, from: number) => number;

/** How often every stage may be looked at before a map of all of them is made, which takes as long as three times. */
const LOOKS_WORTH_A_MAP = 2;

/**
 * Finds stages that mostly stand shortly before the one that names them, as dependencies do, without a map of all stages:
 * that would take longer than everything else a change does. It is made once the looks have become as dear.
 */
export function createLocator(stages: readonly Pick<RoadmapStage, 'id'>[]): LocateStage {
  let looksLeft = LOOKS_WORTH_A_MAP * stages.length;
  let positions: ReadonlyMap<string, number> | undefined;

  return (stageId, from) => {
    if (from > 0 && stages[from - 1]?.id === stageId) return from - 1;
    if (looksLeft <= 0) {
      positions ??= mapPositions(stages);
      return positions.get(stageId) ?? -1;
    }
    const before = findBackwards(stages, stageId, from - 1);
    const found = before === -1 ? findBackwards(stages, stageId, stages.length - 1) : before;
    looksLeft -= before === -1 ? from + stages.length - found : from - found;
    return found;
  };
}

function findBackwards(stages: readonly Pick<RoadmapStage, 'id'>[], stageId: string, from: number): number {
  for (let position = from; position >= 0; position -= 1) {
    if (stages[position]?.id === stageId) return position;
  }
  return -1;
}

/** A loop, since a list of pairs would take longer than the map that is made of it. */
function mapPositions(stages: readonly Pick<RoadmapStage, 'id'>[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  let position = 0;
  for (const { id } of stages) {
    positions.set(id, position);
    position += 1;
  }
  return positions;
}
