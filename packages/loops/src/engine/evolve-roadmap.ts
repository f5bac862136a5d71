import {
  applyMutation,
  createRoadmap,
  type NewStage,
  type Roadmap,
  type RoadmapChange,
  type RoadmapMutation,
} from '@jarvis/roadmap';

import type { Plan } from '../agents/agent-reply.ts';
import type { Team } from './team-choice.ts';
import type { StageDraft } from '../agents/split-reply.ts';
import { completeConfig } from './amendment.ts';
import type { RunRecord } from './run-records.ts';
import type { RunState } from './run-state.ts';
import { teamOf } from './team-of.ts';

/** The id of the one stage of a mode that does not split its plan. */
export const WHOLE_TASK = 'whole-task';

/** The longest stage name taken from a task, in characters. */
const NAME_LENGTH = 60;

type StageMutation = Extract<RoadmapMutation, { type: 'start' | 'complete' | 'block' }>;

/** A version of the roadmap that a record has made, and the change that made it; none where the plan was divided. */
export interface RoadmapStep {
  readonly roadmap: Roadmap;
  readonly change?: RoadmapChange;
}

/**
 * Keeps the roadmap in step with what has happened. A mode without stages of its own works on a roadmap of one,
 * so that progress is read in the same place in every mode.
 */
export function evolveRoadmap(state: RunState, record: RunRecord): RunState {
  const last = listSteps(state, record).at(-1);
  return last === undefined ? state : { ...state, roadmap: last.roadmap };
}

/** Every version of the roadmap that follows from a record by itself, oldest first; the state may be the one before it. */
export function listSteps(state: RunState, record: RunRecord): readonly RoadmapStep[] {
  if (record.type === 'action.opened') return startStage(state, record);
  if (record.type === 'action.closed') return plan(state, record);
  return record.type === 'run.ended' ? end(state, record) : [];
}

function isInTeam({ accepted }: RunState, team: Team): boolean {
  return accepted !== undefined && teamOf(accepted) === team;
}

type Recorded<Type extends RunRecord['type']> = Extract<RunRecord, { type: Type }>;

function plan(state: RunState, record: Recorded<'action.closed'>): readonly RoadmapStep[] {
  const { result } = record.data;
  if (result.type === 'split') {
    const drafts = result.split.stages.map((draft) => toRoadmapStage(draft, state));
    const { maxStages } = completeConfig(state.accepted?.config ?? {}).loop;
    return [{ roadmap: createRoadmap(drafts, { maxStages }) }];
  }
  if (result.type !== 'planned' || !isInTeam(state, 'SIMPLE_2LOOP')) return [];
  const roadmap = createRoadmap([
    { id: WHOLE_TASK, brief: toBrief(state.accepted?.task ?? '', result.plan) },
  ]);
  return [{ roadmap }, change(roadmap, record, { mutation: { type: 'start', stageId: WHOLE_TASK } })];
}

/** A phase is started by its first work. */
function startStage(state: RunState, record: Recorded<'action.opened'>): readonly RoadmapStep[] {
  const { action } = record.data;
  // A stage of many cycles is started by the run itself.
  if (state.roadmap === undefined || action.type !== 'work' || action.cycle !== undefined) return [];
  const stage = state.roadmap.stages.find(({ id }) => id === action.stage);
  if (stage?.status !== 'pending' && stage?.status !== 'reopened') return [];
  return [change(state.roadmap, record, { mutation: { type: 'start', stageId: stage.id } })];
}

/** What was worked on is completed by the end of a run that is done, and blocked by every other end. */
function end({ roadmap }: RunState, record: Recorded<'run.ended'>): readonly RoadmapStep[] {
  const { status, message: reason } = record.data;
  const steps: RoadmapStep[] = [];
  let before = roadmap;
  for (const { id: stageId } of roadmap?.stages.filter((stage) => stage.status === 'active') ?? []) {
    if (before === undefined) continue;
    const step =
      status === 'done'
        ? change(before, record, { mutation: { type: 'complete', stageId }, reason })
        : change(before, record, { mutation: { type: 'block', stageId, reason } });
    steps.push(step);
    before = step.roadmap;
  }
  return steps;
}

function change(
  roadmap: Roadmap,
  { seq, atMs }: RunRecord,
  { mutation, reason }: { readonly mutation: StageMutation; readonly reason?: string },
): RoadmapStep {
  const made: RoadmapChange = {
    id: `record-${String(seq)}-${mutation.stageId}`,
    author: 'manager',
    at: new Date(atMs).toISOString(),
    ...(reason === undefined ? {} : { reason }),
    mutation,
  };
  return { roadmap: applyMutation(roadmap, made).roadmap, change: made };
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
