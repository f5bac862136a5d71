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
import { evolveRoadmap } from './evolve-roadmap.ts';
import { type Amendment, amendConfig } from './amendment.ts';
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
      return evolveRoadmap({ ...state, ended: record.data }, record);
    case 'action.opened':
      return evolveRoadmap(openAction(state, record.data), record);
    case 'action.closed':
      return evolveRoadmap({ ...closeAction(state, record.data.result), openAction: undefined }, record);
    case 'run.cancelled':
      return { ...state, cancelled: record.data };
    case 'message.sent':
    case 'run.forgotten':
    case 'inbox.refused':
      return state;
    case 'gate.opened':
    case 'gate.decided':
    case 'gate.expired':
    case 'gate.escalated':
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
      const { type: _type, round: _round, ...work } = result;
      return changeLastRound(state, { work });
    }
    case 'applied': {
      const { round: _round, ...apply } = result;
      return changeLastRound(state, { apply });
    }
    case 'refused':
      return changeLastRound(state, { apply: { type: 'refused', problems: result.problems } });
    case 'checked':
      return changeLastRound(state, {
        checks: { findings: result.findings, contentHash: result.contentHash },
      });
    case 'reviewed':
      return changeLastRound(state, { review: result.review });
    case 'safety-proved':
      return changeLastRound(state, { safety: { findings: result.findings } });
    case 'committed':
      return changeLastRound(state, { commit: { id: result.commit, subject: result.subject } });
    case 'not-committed':
      return changeLastRound(state, { commit: { skipped: result.reason } });
  }
}

/** Actions close in the order they open, so a result always belongs to the last round. */
function changeLastRound(state: RunState, outcome: Partial<Round>): RunState {
  const last = state.rounds.at(-1);
  if (last === undefined) return state;
  return { ...state, rounds: [...state.rounds.slice(0, -1), { ...last, ...outcome }] };
}
