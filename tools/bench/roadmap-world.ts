import {
  createRoadmap,
  type NewStage,
  type Roadmap,
  type RoadmapChange,
  type RoadmapMutation,
} from '@jarvis/roadmap';

/** Stages that each wait for one earlier stage, in a row of ten. */
export function buildRoadmap(stages: number): Roadmap {
  return createRoadmap(
    Array.from({ length: stages }, (_, index): NewStage => {
      const planSteps = [`build part ${String(index)}`, `test part ${String(index)}`];
      const brief = { name: `Part number ${String(index)}`, goal: 'it works', planSteps, requirements: [] };
      const dependsOn = index % 10 === 0 ? [] : [`stage-${String(index - 1)}`];
      return { id: `stage-${String(index)}`, brief, dependsOn };
    }),
    { maxStages: stages + 2 },
  );
}

/** Changes that may go on for ever: the first stages of the rows are started and postponed in turn. */
export function listChanges(stages: number, count: number): readonly RoadmapChange[] {
  const rows = Math.ceil(stages / 10);
  return Array.from({ length: count }, (_, index) => {
    const stageId = `stage-${String((Math.floor(index / 2) % rows) * 10)}`;
    const mutation: RoadmapMutation =
      index % 2 === 0 ? { type: 'start', stageId } : { type: 'postpone', stageId, reason: 'later' };
    return { id: `change-${String(index)}`, author: 'bench', at: '2026-03-01T09:00:00Z', mutation };
  });
}
