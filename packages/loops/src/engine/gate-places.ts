import type { GatePlace, ModeName } from '@jarvis/core';

import { requireRound, requireStageRound } from '../actions/action-scope.ts';
import type { Action } from './action.ts';
import type { Contents } from './contents.ts';
import { askAboutBlocked } from './gate-at-blocked.ts';
import { askAboutProtected } from './gate-at-protected.ts';
import { askAboutStage } from './gate-at-stage.ts';
import { commonFacts, type GateQuestion } from './gate-question.ts';
import type { Round, RunState } from './run-state.ts';
import { roundsOfTry } from './turns.ts';

const EVERYWHERE: readonly GatePlace[] = ['plan', 'stage', 'protected-files', 'commit', 'cap'];

/** The places at which a run can be told to ask, by mode. */
export const gatePlaces: Readonly<Record<ModeName, readonly GatePlace[]>> = {
  SIMPLE_2LOOP: EVERYWHERE,
  LEGACY_3LOOP: EVERYWHERE,
  PHASE3: [...EVERYWHERE, 'blocked'],
  // Whichever team is chosen: one that blocks no stage has nothing to ask about.
  CONTEXT_AWARE: [...EVERYWHERE, 'blocked'],
};

/** What has to be allowed by people, if rules say so, before the action that comes next is begun. */
export async function findQuestions(
  action: Action,
  state: RunState,
  contents: Contents,
): Promise<readonly GateQuestion[]> {
  switch (action.type) {
    case 'work':
      return [...(state.rounds.length === 0 ? [askAboutPlan(state)] : []), ...askAboutStage(action, state)];
    case 'apply':
      return askAboutProtected(requireRound({ state }, action.round), state, contents);
    case 'settle':
      return [askAboutBlocked(requireStageRound({ state }, action.round), state)];
    case 'commit':
      return [askAboutCommit(requireRound({ state }, action.round), state)];
    case 'prepare':
    case 'plan':
    case 'split':
    case 'clarify':
    case 'check':
    case 'audit':
    case 'decide':
    case 'verify':
    case 'review':
    case 'prove-safety':
      return [];
  }
}

function askAboutPlan(state: RunState): GateQuestion {
  const plan = state.plan ?? { steps: [], acceptanceCriteria: [] };
  const stages = (state.roadmap?.stages ?? [])
    .filter(({ status }) => status !== 'skipped')
    .map(({ id, brief, categories, dependsOn }) => ({ id, ...brief, categories, dependsOn }));
  // Without a division the roadmap is the plan once more.
  const divided = state.split === undefined ? {} : { stages };
  const asked = { task: state.accepted?.task ?? '', plan, ...divided };
  const facts = { ...commonFacts(state), steps: plan.steps.length, stages: stages.length };
  return { place: 'plan', name: 'plan', subject: asked, shown: asked, facts };
}

function askAboutCommit(round: Round, state: RunState): GateQuestion {
  const { number, work, checks, review } = round;
  const delivered = roundsOfTry(state.rounds, round).flatMap((each) => each.work?.files ?? []);
  const files = [...new Map(delivered.map((file) => [file.path, file])).values()];
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
