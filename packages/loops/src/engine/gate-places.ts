import type { GateFacts, GatePlace } from '@jarvis/core';

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

function askAboutPlan({ accepted, plan, ledger }: RunState): GateQuestion {
  const asked = { task: accepted?.task ?? '', plan: plan ?? {} };
  const facts = {
    steps: plan?.steps.length ?? 0,
    amountUsd: ledger.bookedNanoUsd / 1e9,
    isSimulated: accepted?.isSimulated ?? false,
  };
  return { place: 'plan', name: 'plan', subject: asked, shown: asked, facts };
}

function askAboutCommit(number: number, { accepted, rounds, ledger }: RunState): GateQuestion {
  const round = rounds.find((candidate) => candidate.number === number);
  const files = round?.work?.files ?? [];
  const facts = {
    round: number,
    files: files.length,
    findings: round?.checks?.findings.length ?? 0,
    amountUsd: ledger.bookedNanoUsd / 1e9,
    isSimulated: accepted?.isSimulated ?? false,
  };
  const shown = {
    round: number,
    summary: round?.work?.summary ?? '',
    files: files.map(({ path }) => path),
    findings: round?.checks?.findings ?? [],
    review: round?.review ?? {},
  };
  return { place: 'commit', name: `commit-${String(number)}`, subject: { ...shown, files }, shown, facts };
}
