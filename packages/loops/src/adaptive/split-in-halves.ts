import { hasErrorCode } from '@jarvis/core';
import { applyMutation, type Roadmap, type RoadmapMutation } from '@jarvis/roadmap';

/** Two stages for one that cannot be finished; `undefined` when it has too few steps, or they do not fit the roadmap. */
export function splitInHalves(roadmap: Roadmap, stageId: string): RoadmapMutation | undefined {
  const stage = roadmap.stages.find(({ id }) => id === stageId);
  if (stage === undefined || stage.brief.planSteps.length < 2) return undefined;
  const [first, second] = [`${stageId}-a`, `${stageId}-b`];
  const positions = stage.brief.planSteps.map((_step, index) => index);
  const middle = Math.ceil(positions.length / 2);
  const { name, goal } = stage.brief;
  const halves: RoadmapMutation = {
    type: 'split',
    stageId,
    into: [
      { id: first, name: `${name}, first part`, goal, planSteps: positions.slice(0, middle) },
      {
        id: second,
        name: `${name}, second part`,
        goal,
        planSteps: positions.slice(middle),
        dependsOn: [first],
      },
    ],
  };
  return fits(roadmap, stageId, halves) ? halves : undefined;
}

/** A roadmap may be full, a name or id taken, and after many divisions without progress no other is made. */
const MISFITS = ['JARVIS_ROADMAP_LIMIT', 'JARVIS_ROADMAP_INVALID', 'JARVIS_ROADMAP_CHURN'] as const;

function fits(roadmap: Roadmap, stageId: string, halves: RoadmapMutation): boolean {
  const isActive = roadmap.stages.some(({ id, status }) => id === stageId && status === 'active');
  const halt: readonly RoadmapMutation[] = isActive
    ? [{ type: 'postpone', stageId, reason: 'It is divided.' }]
    : [];
  try {
    let tried = roadmap;
    for (const mutation of [...halt, halves]) {
      tried = applyMutation(tried, { id: 'try', author: 'supervisor', at: NO_TIME, mutation }).roadmap;
    }
    return true;
  } catch (error) {
    if (MISFITS.some((code) => hasErrorCode(error, code))) return false;
    throw error;
  }
}

const NO_TIME = new Date(0).toISOString();
