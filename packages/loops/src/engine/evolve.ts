import {
  addAttempt,
  addFinished,
  addStarted,
  countCrashes,
  createLedger,
  evolveGates,
  forgive,
  reserve,
  setDown,
  settle,
  toNanoUsd,
  toScopeCaps,
} from '@jarvis/core';

import type { Action, ActionResult } from './action.ts';
import { changeRoadmap, changeStage, followResult } from './evolve-stages.ts';
import { evolveRoadmap } from './evolve-roadmap.ts';
import { type Amendment, amendConfig } from './amendment.ts';
import { ownFilesAfter } from './own-files.ts';
import type { RunRecord } from './run-records.ts';
import type { OpenAction, Round, RunState } from './run-state.ts';

/** The state after one more record. Pure: the same records always give the same state. */
export function evolve(state: RunState, record: RunRecord): RunState {
  switch (record.type) {
    case 'run.accepted':
      return { ...state, accepted: record.data, ...acceptedDefaults(record.data) };
    case 'run.amended':
      return amend(state, record.data);
    case 'run.resumed':
      return resume(state, record.data.isForced === true);
    case 'run.paused':
      return changeSteps({ ...state, paused: record.data }, setDown);
    case 'run.ended':
      return evolveRoadmap({ ...state, ended: record.data, roadmapBeforeEnd: state.roadmap }, record);
    case 'run.reopened':
      return reopen(state);
    case 'action.opened':
      return evolveRoadmap(openAction(state, record.data), record);
    case 'action.closed':
      return evolveRoadmap(
        {
          ...followResult(closeAction(state, record.data.result), record.data.result),
          openAction: undefined,
        },
        record,
      );
    case 'run.cancelled':
      return { ...state, cancelled: record.data };
    case 'roadmap.changed':
      return changeRoadmap(state, withoutExpectation(record.data));
    case 'roadmap.refused':
      return { ...state, changes: state.changes.with(record.data.id, true) };
    case 'stage.changed':
      return changeStage(state, record.data.stageId, record.data.event);
    case 'message.sent':
    case 'run.forgotten':
    case 'inbox.refused':
      return state;
    case 'gate.opened':
    case 'gate.decided':
    case 'gate.expired':
    case 'gate.escalated':
    case 'gate.closed':
      return { ...state, gates: evolveGates(state.gates, record) };
    case 'step.started':
    case 'step.finished':
    case 'attempt.opened':
    case 'attempt.closed':
      return evolveStep(state, record);
  }
}

function resume(state: RunState, isForced: boolean): RunState {
  const isTaskAllowed = state.isTaskAllowed || (isForced && state.paused?.reason === 'suspicious_task');
  return changeSteps({ ...state, isTaskAllowed, paused: undefined }, isForced ? forgive : countCrashes);
}

type ChangeData = Extract<RunRecord, { type: 'roadmap.changed' }>['data'];

/** Which version its author had looked at was compared before it was recorded, by however versions were counted then. */
function withoutExpectation({ change, ...rest }: ChangeData): ChangeData {
  const { expectedVersion: _compared, ...made } = change;
  return { ...rest, change: made };
}

/** Where the run stood before its end, under a number that no other state of the roadmap has had. */
function roadmapOfReopened({ roadmap, roadmapBeforeEnd }: RunState): RunState['roadmap'] {
  return roadmap === undefined || roadmapBeforeEnd === undefined || roadmap === roadmapBeforeEnd
    ? roadmapBeforeEnd
    : { ...roadmapBeforeEnd, version: roadmap.version + 1 };
}

/** Where the run stood before its end. */
function reopen(state: RunState): RunState {
  const { rounds, reopenings } = state;
  const open: RunState = {
    ...state,
    ended: undefined,
    cancelled: undefined,
    paused: undefined,
    roadmap: roadmapOfReopened(state),
    roadmapBeforeEnd: undefined,
    reopenings: reopenings + 1,
    roundsBefore: rounds.length,
    // What was tried before, and how it looked then, is past: files may have been mended by hand.
    retries: new Set(),
    rounds: rounds.map(({ safety: _safety, ...round }) => round),
  };
  return changeSteps(open, setDown);
}

type StepRecord = Extract<RunRecord, { type: `step.${string}` | `attempt.${string}` }>;

function evolveStep(state: RunState, record: StepRecord): RunState {
  switch (record.type) {
    case 'step.started':
      return changeSteps(state, (steps) => addStarted(steps, { ...record.data, intent: record.data.intent }));
    case 'step.finished':
      return changeSteps(state, (steps) =>
        addFinished(steps, { ...record.data, result: record.data.result }),
      );
    case 'attempt.opened': {
      const ledger = reserve(state.ledger, record.data);
      return { ...changeSteps(state, (steps) => addAttempt(steps, record.data)), ledger };
    }
    case 'attempt.closed': {
      const { attemptId, role, model, ending } = record.data;
      const usage = ending.type === 'settled' && ending.usage !== undefined ? { usage: ending.usage } : {};
      const settlement = { attemptId, bearer: { role, model }, amount: ending.bookedNanoUsd, ...usage };
      return { ...state, ledger: settle(state.ledger, settlement) };
    }
  }
}

function changeSteps(state: RunState, change: (steps: OpenAction['steps']) => OpenAction['steps']): RunState {
  const { openAction } = state;
  if (openAction === undefined) return state;
  return { ...state, openAction: { ...openAction, steps: change(openAction.steps) } };
}

function acceptedDefaults({ config, commits }: NonNullable<RunState['accepted']>): Partial<RunState> {
  return {
    config,
    ledger: createLedger(toCap(config.costs?.capUsd ?? 'unlimited'), toScopeCaps(config.costs ?? {})),
    branch: commits.type === 'on' ? commits.branch : undefined,
  };
}

function amend(state: RunState, amendment: Amendment): RunState {
  const config = amendConfig(state.config, amendment);
  const capNanoUsd = amendment.capUsd === undefined ? state.ledger.capNanoUsd : toCap(amendment.capUsd);
  return {
    ...state,
    config,
    ledger: { ...state.ledger, capNanoUsd, scopeCaps: toScopeCaps(config.costs ?? {}) },
  };
}

function toCap(capUsd: number | 'unlimited'): number | undefined {
  return capUsd === 'unlimited' ? undefined : toNanoUsd(capUsd);
}

function openAction(
  state: RunState,
  { actionId, action }: { actionId: string; action: OpenAction['action'] },
): RunState {
  const rounds = action.type === 'work' ? [...state.rounds, newRound(action)] : state.rounds;
  return {
    ...state,
    rounds,
    openAction: { id: actionId, action, steps: new Map() },
    actionCount: state.actionCount + 1,
  };
}

function newRound({ type: _type, round: number, ...place }: Extract<Action, { type: 'work' }>): Round {
  return { number, ...place };
}

function closeAction(state: RunState, result: ActionResult): RunState {
  switch (result.type) {
    case 'prepared':
      return { ...state, branch: result.branch };
    case 'planned':
      return { ...state, plan: result.plan };
    case 'split':
      return { ...state, split: result.split };
    case 'worked': {
      return changeRound(state, result, { work: withoutPlace(result) });
    }
    case 'clarified':
      return changeRound(state, result, { clarification: result.answers });
    case 'applied': {
      const { round: _round, ...apply } = result;
      return changeRound(state, result, { apply });
    }
    case 'refused':
      return changeRound(state, result, { apply: { type: 'refused', problems: result.problems } });
    case 'checked':
      return changeRound(state, result, {
        checks: withoutPlace(result),
      });
    case 'audited':
      return changeRound(state, result, { audit: result.audit });
    case 'decided':
      return changeRound(state, result, { decisions: result.answers });
    case 'settled':
      return changeRound(state, result, { settlement: withoutPlace(result) });
    case 'verified':
      return changeRound(state, result, { verified: withoutPlace(result) });
    case 'failed':
      return changeRound(state, result, { failure: withoutPlace(result) });
    case 'reviewed':
      return changeRound(state, result, { review: result.review });
    case 'safety-proved':
      return changeRound(state, result, { safety: { findings: result.findings } });
    case 'committed':
      return changeRound(state, result, { commit: { id: result.commit, subject: result.subject } });
    case 'not-committed':
      return changeRound(state, result, { commit: { skipped: result.reason } });
  }
}

/** What a result says, without saying which it is. */
function withoutPlace<Result extends { readonly type: string; readonly round: number }>(
  result: Result,
): Omit<Result, 'type' | 'round'> {
  const { type: _type, round: _round, ...rest } = result;
  return rest;
}

/** A result belongs to the round its action was about; a stage that was interrupted has an earlier one. */
function changeRound(
  state: RunState,
  { round: number }: { readonly round: number },
  outcome: Partial<Round>,
): RunState {
  const index = state.rounds.findLastIndex((round) => round.number === number);
  const before = state.rounds[index];
  if (before === undefined) return state;
  const rounds = state.rounds.with(index, { ...before, ...outcome });
  const isAboutFiles = 'work' in outcome || 'apply' in outcome;
  return { ...state, rounds, ...(isAboutFiles ? { ownFiles: ownFilesAfter(state, rounds, before) } : {}) };
}
