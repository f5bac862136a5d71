import { type GateFacts, type GatePlace, toUsd } from '@jarvis/core';

import { requireRound } from '../actions/action-scope.ts';
import type { Action } from './action.ts';
import type { RunState } from './run-state.ts';

/** What people are asked before an action is begun. */
export interface GateQuestion {
  readonly place: GatePlace;
  /** Tells this question from others at the same place. */
  readonly name: string;
  /** Everything the decision is about. */
  readonly subject: object;
  /** What of it a person is shown. */
  readonly shown: object;
  readonly facts: GateFacts;
}

/** The places at which a run of today's modes can be told to ask. */
export const gatePlaces: readonly GatePlace[] = ['plan', 'commit'];

/** Where the action that comes next has to be allowed by people, if rules say so. */
export function findQuestion(action: Action, state: RunState): GateQuestion | undefined {
  if (action.type === 'work' && action.round === 1) return askAboutPlan(state);
  if (action.type === 'commit') return askAboutCommit(action.round, state);
  return undefined;
}

function askAboutPlan(state: RunState): GateQuestion {
  const plan = state.plan ?? { steps: [], acceptanceCriteria: [] };
  const asked = { task: state.accepted?.task ?? '', plan };
  const facts = { ...commonFacts(state), steps: plan.steps.length };
  return { place: 'plan', name: 'plan', subject: asked, shown: asked, facts };
}

function askAboutCommit(number: number, state: RunState): GateQuestion {
  const { work, checks, review } = requireRound({ state }, number);
  const files = work?.files ?? [];
  const findings = checks?.findings ?? [];
  const shown = {
    round: number,
    summary: work?.summary ?? '',
    files: files.map(({ path }) => path),
    findings,
    review: review ?? {},
  };
  const facts = {
    ...commonFacts(state),
    round: number,
    files: files.length,
    findings: findings.length,
  };
  return { place: 'commit', name: `commit-${String(number)}`, subject: { ...shown, files }, shown, facts };
}

function commonFacts({ accepted, ledger }: RunState) {
  return { amountUsd: toUsd(ledger.bookedNanoUsd), isSimulated: accepted?.isSimulated ?? false };
}
