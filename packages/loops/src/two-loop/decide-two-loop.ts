import type { Action } from '../engine/action.ts';
import { isApproved, isStuck } from '../engine/approval.ts';
import { act, prepareAndPlan, stop } from '../engine/decide.ts';
import type { Decision, DecisionLimits } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { countThings } from '../text/count-things.ts';

/** Manager and employee take turns: a plan, then rounds of work and review until the work is approved. */
export function decideTwoLoop(state: RunState, limits: DecisionLimits): Decision {
  const first = prepareAndPlan(state);
  if (first !== undefined) return first;

  const round = state.rounds.at(-1);
  if (round === undefined) return act({ type: 'work', round: 1 });
  return nextInRound(round, limits) ?? afterRound(state, round, limits);
}

type InRound = 'work' | 'apply' | 'check' | 'review' | 'commit';

function nextInRound(round: Round, { policies }: DecisionLimits): Decision | undefined {
  const next = (type: Extract<Action['type'], InRound>) => act({ type, round: round.number });
  if (round.work === undefined) return next('work');
  if (round.apply === undefined) return next('apply');
  if (round.apply.type === 'refused' && !policies.reviewsRefusedWork) return undefined;
  if (round.checks === undefined) return next('check');
  if (round.review === undefined) return next('review');
  return round.commit === undefined ? next('commit') : undefined;
}

function afterRound({ rounds, roundsBefore }: RunState, round: Round, limits: DecisionLimits): Decision {
  if (isApproved(round, limits)) return stop('done', 'approved', 'The manager approved the work.');
  if (limits.policies.stopsWithoutProgress && isStuck(rounds.slice(roundsBefore))) {
    return stop('partial', 'no_progress', 'The last rounds changed nothing and met the same objections.');
  }
  if (round.number >= limits.maxRounds) {
    return stop(
      'partial',
      'max_rounds',
      `Not approved after ${countThings(round.number, 'round')}, the most allowed.`,
    );
  }
  return act({ type: 'work', round: round.number + 1 });
}
