import { sha256 } from '@jarvis/core';
import { applyMutation, type Roadmap, type RoadmapMutation } from '@jarvis/roadmap';
import {
  evolveStage,
  newStage,
  type StageEvent,
  type StageSnapshot,
  unsettledFindings,
} from '@jarvis/stages';

import { ownFindings, passedChecks } from '../adaptive/guarantees.ts';
import type { ActionResult } from './action.ts';
import type { RunRecord } from './run-records.ts';
import type { Round, RunState } from './run-state.ts';

type ChangeData = Extract<RunRecord, { type: 'roadmap.changed' }>['data'];

/** The state after a change of the roadmap: the stage it is about knows of it as well. */
export function changeRoadmap(state: RunState, { change, source }: ChangeData): RunState {
  const { roadmap, changes } = state;
  if (roadmap === undefined || changes.has(change.id)) return state;
  const changed: RunState = {
    ...state,
    roadmap: applyMutation(roadmap, change).roadmap,
    changes: new Set([...changes, change.id]),
    retries: isRetry(roadmap, change.mutation)
      ? new Set([...state.retries, change.mutation.stageId])
      : state.retries,
  };
  return tellStage(changed, change.mutation, source);
}

function isRetry(
  roadmap: Roadmap,
  mutation: RoadmapMutation,
): mutation is Extract<RoadmapMutation, { type: 'start' }> {
  return (
    mutation.type === 'start' &&
    roadmap.stages.some(({ id, status }) => id === mutation.stageId && status === 'pending_retry')
  );
}

function tellStage(state: RunState, mutation: RoadmapMutation, source: string | undefined): RunState {
  switch (mutation.type) {
    case 'start':
      return startStage(state, mutation.stageId);
    case 'complete':
      return complete(state, mutation.stageId, mutation.note);
    case 'block':
      return changeStage(state, mutation.stageId, { type: 'block', reason: mutation.reason });
    case 'reopen':
      return reopen(state, mutation, source);
    case 'add':
    case 'drop':
    case 'merge':
    case 'split':
    case 'skip':
    case 'postpone':
    case 'reorder':
      return state;
  }
}

function startStage(state: RunState, stageId: string): RunState {
  const started = {
    ...state,
    starts: [...state.starts, stageId],
    rounds: forgetFailure(state.rounds, stageId),
  };
  // A stage that is tried again goes on from where it stood.
  const isNew = stageOf(state, stageId).state === 'idle';
  return isNew ? changeStage(started, stageId, { type: 'start' }) : started;
}

function forgetFailure(rounds: readonly Round[], stageId: string): readonly Round[] {
  return rounds.map((round) => {
    if (round.stage !== stageId || round.failure === undefined) return round;
    const { failure: _failure, ...rest } = round;
    return rest;
  });
}

function complete(state: RunState, stageId: string, note: string | undefined): RunState {
  const stage = stageOf(state, stageId);
  if (stage.state === 'completed') return state;
  const left = unsettledFindings(stage.findings);
  return changeStage(state, stageId, {
    type: 'complete',
    ...(left.length > 0 && note !== undefined ? { acceptReason: note } : {}),
  });
}

function reopen(
  state: RunState,
  { stageId, reason }: Extract<RoadmapMutation, { type: 'reopen' }>,
  source: string | undefined,
): RunState {
  // What was skipped before it was begun is simply begun.
  const { state: before } = stageOf(state, stageId);
  if (before !== 'completed' && before !== 'blocked') return state;
  return changeStage(state, stageId, { type: 'reopen', reason, ...(source === undefined ? {} : { source }) });
}

/** The state after something has happened inside a stage. */
export function changeStage(state: RunState, stageId: string, event: StageEvent): RunState {
  const stage = evolveStage(stageOf(state, stageId), event);
  return { ...state, stages: new Map(state.stages).set(stageId, stage) };
}

/** The inside of a stage; a new one when nothing has happened in it. */
export function stageOf({ stages }: Pick<RunState, 'stages'>, stageId: string): StageSnapshot {
  return stages.get(stageId) ?? newStage;
}

/** What the results of checks and audits mean for the stage they are about. */
export function followResult(state: RunState, result: ActionResult): RunState {
  const number = 'round' in result ? result.round : undefined;
  const round = state.rounds.find((each) => each.number === number);
  if (round?.cycle === undefined || round.stage === undefined) return state;
  if (result.type === 'checked') return deliver(state, round, round.stage);
  if (result.type === 'audited') {
    const { contentHash, findings } = result.audit;
    return changeStage(state, round.stage, { type: 'audit', contentHash, findings });
  }
  if (result.type === 'settled' && result.isAccepted) {
    return changeStage(state, round.stage, { type: 'approve', reason: result.reason });
  }
  return state;
}

/** Work counts as delivered when the checks have seen it: then its content is known. */
function deliver(state: RunState, round: Round, stageId: string): RunState {
  const { checks, apply } = round;
  if (checks === undefined) return state;
  const edits = apply?.type === 'applied' ? (apply.edits ?? []) : [];
  const { contentHash } = checks;
  const before = stageOf(state, stageId);
  const delivered = isAtWork(before)
    ? changeStage(state, stageId, {
        type: 'deliver',
        contentHash,
        diffHash: sha256(JSON.stringify(edits)),
        edits: [...edits],
      })
    : state;
  return changeStage(delivered, stageId, {
    type: 'check',
    contentHash,
    findings: [...ownFindings(delivered, round)],
    passed: [...passedChecks(delivered, round)],
  });
}

function isAtWork({ state }: StageSnapshot): boolean {
  return state === 'working' || state === 'fixing';
}
