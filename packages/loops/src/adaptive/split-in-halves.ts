import type { RoadmapMutation } from '@jarvis/roadmap';

import type { RunState } from '../engine/run-state.ts';

/** Two stages for one that cannot be finished; `undefined` when it has too few steps, or the roadmap is full. */
export function splitInHalves({ roadmap }: RunState, stageId: string): RoadmapMutation | undefined {
  const stage = roadmap?.stages.find(({ id }) => id === stageId);
  if (roadmap === undefined || stage === undefined || stage.brief.planSteps.length < 2) return undefined;
  const ids = [`${stageId}-a`, `${stageId}-b`].filter((id) =>
    roadmap.stages.every((other) => other.id !== id),
  );
  const [first, second] = ids;
  if (first === undefined || second === undefined || second.length > MAX_ID) return undefined;

  const positions = stage.brief.planSteps.map((_step, index) => index);
  const middle = Math.ceil(positions.length / 2);
  const { name, goal } = stage.brief;
  return {
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
}

/** The longest id, in characters. */
const MAX_ID = 64;
