import { createRoadmap, type Roadmap, type RoadmapMutation, applyMutation } from '@jarvis/roadmap';

import type { Plan } from '../agents/agent-reply.ts';
import type { RunRecord } from './run-records.ts';
import type { RunState } from './run-state.ts';

/** The id of the one stage of a mode that does not split its plan. */
const WHOLE_TASK = 'whole-task';

/** The longest stage name taken from a task, in characters. */
const NAME_LENGTH = 60;

/**
 * Keeps the roadmap in step with what has happened. A mode without stages of its own works on a roadmap of one,
 * so that progress is read in the same place in every mode.
 */
export function evolveRoadmap(state: RunState, record: RunRecord): RunState {
  if (record.type === 'action.closed' && record.data.result.type === 'planned') {
    const planned = createRoadmap([
      { id: WHOLE_TASK, brief: toBrief(state.accepted?.task ?? '', record.data.result.plan) },
    ]);
    return { ...state, roadmap: change(planned, record, { type: 'start', stageId: WHOLE_TASK }) };
  }
  const { roadmap } = state;
  if (record.type === 'run.ended' && roadmap !== undefined) {
    const { status, message } = record.data;
    const mutation: RoadmapMutation =
      status === 'done'
        ? { type: 'complete', stageId: WHOLE_TASK }
        : { type: 'block', stageId: WHOLE_TASK, reason: message };
    return { ...state, roadmap: change(roadmap, record, mutation) };
  }
  return state;
}

function change(roadmap: Roadmap, record: RunRecord, mutation: RoadmapMutation): Roadmap {
  const at = new Date(record.atMs).toISOString();
  return applyMutation(roadmap, { id: `record-${String(record.seq)}`, author: 'manager', at, mutation })
    .roadmap;
}

function toBrief(task: string, plan: Plan) {
  const name = task.trim().split(/\s+/u).join(' ').slice(0, NAME_LENGTH);
  return { name, goal: task, planSteps: [...plan.steps], requirements: [...plan.acceptanceCriteria] };
}
