import { sha256 } from '@jarvis/core';
import { applyMutation, type Roadmap, type RoadmapMutation } from '@jarvis/roadmap';
import { evolveStage, type StageEvent, type StageSnapshot, unsettledFindings } from '@jarvis/stages';

import { ownAuditFindings } from '../stage-work/earlier-requirements.ts';
import { passedChecks } from '../stage-work/guarantees.ts';
import { ownFindings } from '../stage-work/own-findings.ts';
import { listAsked } from '../agents/open-questions.ts';
import type { Audit } from '../agents/audit-reply.ts';
import type { ActionResult } from './action.ts';
import { divideLadder, followLadder } from './ladders.ts';
import type { RunRecord } from './run-records.ts';
import type { Round, RunState, StageRound } from './run-state.ts';
import { stageOf } from './stage-inside.ts';

type ChangeData = Extract<RunRecord, { type: 'roadmap.changed' }>['data'];

/** The state after a change of the roadmap: the stage it is about knows of it as well. */
export function changeRoadmap(state: RunState, data: ChangeData): RunState {
  const { change } = data;
  const { roadmap, changes } = state;
  if (roadmap === undefined || changes.has(change.id)) return state;
  const changed: RunState = {
    ...state,
    roadmap: applyMutation(roadmap, change).roadmap,
    changes: changes.with(change.id, true),
    retries: isRetry(state, roadmap, change.mutation)
      ? new Set([...state.retries, change.mutation.stageId])
      : state.retries,
  };
  return tellStage(changed, data);
}

/** Parts of a stage that was put off are new: nothing was tried at them. */
function isRetry(
  state: RunState,
  roadmap: Roadmap,
  mutation: RoadmapMutation,
): mutation is Extract<RoadmapMutation, { type: 'start' }> {
  return (
    mutation.type === 'start' &&
    stageOf(state, mutation.stageId).state !== 'idle' &&
    roadmap.stages.some(({ id, status }) => id === mutation.stageId && status === 'pending_retry')
  );
}

function tellStage(state: RunState, { change: { mutation }, source, isByPerson }: ChangeData): RunState {
  switch (mutation.type) {
    case 'start':
      return startStage(state, mutation.stageId);
    case 'complete':
      return complete(state, mutation.stageId, mutation.note);
    case 'block':
      return isOver(stageOf(state, mutation.stageId))
        ? state
        : changeStage(state, mutation.stageId, { type: 'block', reason: mutation.reason });
    case 'reopen':
      return reopen(state, mutation, source);
    case 'split':
      // What a person divides begins anew.
      return isByPerson === true ? state : { ...state, ladders: divideLadder(state, mutation) };
    case 'add':
    case 'drop':
    case 'merge':
    case 'skip':
    case 'postpone':
    case 'reorder':
      return state;
  }
}

function startStage(state: RunState, stageId: string): RunState {
  const afterRound = state.rounds.at(-1)?.number ?? 0;
  const started = {
    ...state,
    starts: [...state.starts, { stageId, afterRound }],
    rounds: forgetFailure(state.rounds, stageId),
  };
  const stage = stageOf(state, stageId);
  if (stage.state === 'idle') return changeStage(started, stageId, { type: 'start' });
  // A stage that is tried again goes on from where it stood, unless others have gone on from there.
  return stage.state === 'auditing' && state.rounds.at(-1)?.stage !== stageId
    ? workAnew(started, stageId)
    : started;
}

/** What was delivered and never audited is not what the project is now: nobody would know what an audit is about. */
function workAnew(state: RunState, stageId: string): RunState {
  const reason = 'What was delivered could not be audited, and others have worked on the project since.';
  const given = changeStage(state, stageId, { type: 'block', reason });
  return changeStage(given, stageId, { type: 'reopen', reason });
}

function forgetFailure(rounds: readonly Round[], stageId: string): readonly Round[] {
  if (!rounds.some((round) => round.stage === stageId && round.failure !== undefined)) return rounds;
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
  if (!isOver(stageOf(state, stageId))) return state;
  return changeStage(state, stageId, { type: 'reopen', reason, ...(source === undefined ? {} : { source }) });
}

/** The state after something has happened inside a stage. */
export function changeStage(state: RunState, stageId: string, event: StageEvent): RunState {
  const before = stageOf(state, stageId);
  const stage = evolveStage(before, event);
  const isCompleted = stage.state === 'completed' && before.state !== 'completed';
  return {
    ...state,
    stages: state.stages.with(stageId, stage),
    ladders: followLadder(state, { stageId, event }, stage),
    completions: isCompleted
      ? state.completions.with(stageId, state.rounds.at(-1)?.number ?? 0)
      : state.completions,
  };
}

/** What the results of checks and audits mean for the stage they are about; one that takes none of it is left alone. */
export function followResult(state: RunState, result: ActionResult): RunState {
  const number = 'round' in result ? result.round : undefined;
  const round = state.rounds.findLast((each) => each.number === number);
  if (round?.cycle === undefined || round.stage === undefined) return state;
  const { stage } = round;
  const stageRound = { ...round, stage };
  if (result.type === 'checked') return deliver(state, round, stage);
  if (result.type === 'clarified') return remember(state, stageRound, result.answers);
  if (result.type === 'audited') return audited(state, stageRound, result.audit);
  return result.type === 'settled' && result.isAccepted ? approve(state, stage, result.reason) : state;
}

function approve(state: RunState, stageId: string, reason: string): RunState {
  return stageOf(state, stageId).state === 'awaiting_approval'
    ? changeStage(state, stageId, { type: 'approve', reason })
    : state;
}

/** What was asked and answered is known in every later try, and to the stages it matters for. */
function remember(state: RunState, { stage, work }: StageRound, answers: readonly string[]): RunState {
  return listAsked(work).reduce((before, question, index) => {
    const answer = answers[index];
    if (answer === undefined) return before;
    return changeStage(before, stage, {
      type: 'remember',
      entry: { kind: 'clarification', question, answer },
    });
  }, state);
}

function audited(state: RunState, { stage }: StageRound, audit: Audit): RunState {
  const { state: place, contentHash } = stageOf(state, stage);
  if (place !== 'auditing' || contentHash !== audit.contentHash) return state;
  const findings = [...ownAuditFindings(state, stage, audit.findings)];
  return changeStage(state, stage, { type: 'audit', contentHash: audit.contentHash, findings });
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
  const { state: place, contentHash: deliveredHash } = stageOf(delivered, stageId);
  if (place !== 'auditing' || deliveredHash !== contentHash) return state;
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

function isOver({ state }: StageSnapshot): boolean {
  return state === 'completed' || state === 'blocked';
}
