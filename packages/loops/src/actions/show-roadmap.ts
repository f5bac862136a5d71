import type { RoadmapStage } from '@jarvis/roadmap';

import { stageAtWork } from '../engine/ask-for-stage.ts';
import type { ShownRoadmap } from '../dialect/dialect.ts';
import type { RunState } from '../engine/run-state.ts';

/** A roadmap of more stages is not shown whole: what an agent reads must not grow with the run. */
const MOST_STAGES = 50;

/** The stages as agents are told of them: of many, those that are linked to the one at work, then the nearest. */
export function showRoadmap(state: RunState): ShownRoadmap {
  const stages = state.roadmap?.stages ?? [];
  if (stages.length <= MOST_STAGES) return { roadmap: stages.map(toShown) };
  const nearest = listNearest(stages, stageAtWork(state));
  return {
    roadmap: stages.filter((stage) => nearest.has(stage)).map(toShown),
    moreStages: countByStatus(stages.filter((stage) => !nearest.has(stage))),
  };
}

function toShown({ id, brief, status }: RoadmapStage): ShownRoadmap['roadmap'][number] {
  return { id, name: brief.name, status };
}

function listNearest(stages: readonly RoadmapStage[], id: string | undefined): ReadonlySet<RoadmapStage> {
  const at = stages.findIndex((stage) => stage.id === id);
  const needed = new Set(stages[at]?.dependsOn);
  const isLinked = (stage: RoadmapStage) =>
    stage.id === id || needed.has(stage.id) || (id !== undefined && stage.dependsOn.includes(id));
  const ranked = stages.map((stage, index) => ({
    stage,
    distance: Math.abs(index - at) + (isLinked(stage) ? 0 : stages.length),
  }));
  ranked.sort((one, other) => one.distance - other.distance);
  return new Set(ranked.slice(0, MOST_STAGES).map(({ stage }) => stage));
}

function countByStatus(stages: readonly RoadmapStage[]): ShownRoadmap['moreStages'] & object {
  const counts: Partial<Record<RoadmapStage['status'], number>> = {};
  for (const { status } of stages) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
