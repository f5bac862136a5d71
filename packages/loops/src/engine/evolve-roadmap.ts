import {
  applyMutation,
  createRoadmap,
  type NewStage,
  type Roadmap,
  type RoadmapMutation,
} from '@jarvis/roadmap';

import type { Plan } from '../agents/agent-reply.ts';
import type { Team } from '../context-aware/team-choice.ts';
import type { StageDraft } from '../agents/split-reply.ts';
import { completeConfig } from './amendment.ts';
import type { RunRecord } from './run-records.ts';
import type { RunState } from './run-state.ts';
import { teamOf } from './team-of.ts';

/** The id of the one stage of a mode that does not split its plan. */
const WHOLE_TASK = 'whole-task';

/** The longest stage name taken from a task, in characters. */
const NAME_LENGTH = 60;

/**
 * Keeps the roadmap in step with what has happened. A mode without stages of its own works on a roadmap of one,
 * so that progress is read in the same place in every mode.
 */
export function evolveRoadmap(state: RunState, record: RunRecord): RunState {
  if (record.type === 'action.opened') return startStage(state, record);
  if (record.type === 'action.closed') return plan(state, record);
  return record.type === 'run.ended' ? end(state, record) : state;
}

function isInTeam({ accepted }: RunState, team: Team): boolean {
  return accepted !== undefined && teamOf(accepted) === team;
}

type Recorded<Type extends RunRecord['type']> = Extract<RunRecord, { type: Type }>;

function plan(state: RunState, record: Recorded<'action.closed'>): RunState {
  const { result } = record.data;
  if (result.type === 'split') {
    return {
      ...state,
      roadmap: createRoadmap(
        result.split.stages.map((draft) => toRoadmapStage(draft, state)),
        { maxStages: completeConfig(state.accepted?.config ?? {}).loop.maxStages },
      ),
    };
  }
  if (result.type !== 'planned' || !isInTeam(state, 'SIMPLE_2LOOP')) return state;
  const roadmap = createRoadmap([
    { id: WHOLE_TASK, brief: toBrief(state.accepted?.task ?? '', result.plan) },
  ]);
  return { ...state, roadmap: change(roadmap, record, { type: 'start', stageId: WHOLE_TASK }) };
}

/** A phase is started by its first work. */
function startStage(state: RunState, record: Recorded<'action.opened'>): RunState {
  const { action } = record.data;
  // A stage of many cycles is started by the run itself.
  if (state.roadmap === undefined || action.type !== 'work' || action.cycle !== undefined) return state;
  const stage = state.roadmap.stages.find(({ id }) => id === action.stage);
  if (stage?.status !== 'pending' && stage?.status !== 'reopened') return state;
  return { ...state, roadmap: change(state.roadmap, record, { type: 'start', stageId: stage.id }) };
}

/** What was worked on is completed by the end of a run that is done, and blocked by every other end. */
function end(state: RunState, record: Recorded<'run.ended'>): RunState {
  const { status, message } = record.data;
  const active = state.roadmap?.stages.filter((stage) => stage.status === 'active') ?? [];
  const roadmap = active.reduce((before: Roadmap | undefined, { id: stageId }) => {
    const mutation: RoadmapMutation =
      status === 'done' ? { type: 'complete', stageId } : { type: 'block', stageId, reason: message };
    return before === undefined ? before : change(before, record, mutation);
  }, state.roadmap);
  return { ...state, roadmap };
}

function change(roadmap: Roadmap, record: RunRecord, mutation: RoadmapMutation): Roadmap {
  const at = new Date(record.atMs).toISOString();
  const id = `record-${String(record.seq)}${'stageId' in mutation ? `-${mutation.stageId}` : ''}`;
  return applyMutation(roadmap, { id, author: 'manager', at, mutation }).roadmap;
}

function toBrief(task: string, { steps, acceptanceCriteria }: Plan) {
  const name = task.trim().split(/\s+/u).join(' ').slice(0, NAME_LENGTH);
  return { name, goal: task, planSteps: [...steps], requirements: [...acceptanceCriteria] };
}

/** A stage as it enters the roadmap. */
export function toRoadmapStage(
  { id, name, goal, planSteps, requirements, dependsOn, categories }: StageDraft,
  state: RunState,
): NewStage {
  const steps = state.plan?.steps ?? [];
  return {
    id,
    categories: [...categories],
    brief: {
      name,
      goal,
      planSteps: planSteps.flatMap((step) => steps[step] ?? []),
      requirements: [...requirements],
    },
    // Phases are worked on in every turn and finished together: none waits for another.
    dependsOn: isInTeam(state, 'LEGACY_3LOOP') ? [] : [...dependsOn],
  };
}
