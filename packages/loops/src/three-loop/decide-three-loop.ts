import { isApproved, isStuck, isUnsafe } from '../engine/approval.ts';
import { act, prepareAndPlan, stop } from '../engine/decide.ts';
import type { Decision, DecisionLimits } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { mergeRounds, roundsOfTry, tryOf } from '../engine/turns.ts';
import { countThings } from '../text/count-things.ts';

/**
 * The supervisor divides the plan into phases; in every turn the employee works on each of them, and the manager
 * reviews the whole. What is approved is looked at once more before it is handed over.
 */
export function decideThreeLoop(state: RunState, limits: DecisionLimits): Decision {
  const first = prepareAndPlan(state);
  if (first !== undefined) return first;
  if (state.split === undefined) return act({ type: 'split' });

  const last = state.rounds.at(-1);
  if (last === undefined) return workOnFirstPhase(state, 1);
  return workOnPhase(state, last) ?? endTurn(state, last, limits) ?? afterTurn(state, last, limits);
}

/** What is left to do at the phase of this round, or at the next one of the same turn. */
function workOnPhase(state: RunState, { number, stage, turn = 1, apply }: Round): Decision | undefined {
  if (apply === undefined) return act({ type: 'apply', round: number });
  const next = phasesOf(state, stage)[0];
  return next === undefined ? undefined : act({ type: 'work', round: number + 1, stage: next, turn });
}

/** What is said of a turn whose phases are through. */
function endTurn(state: RunState, round: Round, limits: DecisionLimits): Decision | undefined {
  const { number, checks, review, commit } = round;
  const whole = mergeTurn(state, round);
  if (whole.apply?.type !== 'refused' || limits.policies.reviewsRefusedWork) {
    if (checks === undefined) return act({ type: 'check', round: number });
    if (review === undefined) return act({ type: 'review', round: number });
    if (round.safety === undefined && needsSafety(whole, limits)) {
      return act({ type: 'prove-safety', round: number });
    }
  }
  return commit === undefined ? act({ type: 'commit', round: number }) : undefined;
}

function needsSafety(whole: Round, limits: DecisionLimits): boolean {
  return limits.checkBeforeEnd && (isApproved(whole, limits) || tryOf(whole) >= limits.maxRounds);
}

function afterTurn(state: RunState, round: Round, limits: DecisionLimits): Decision {
  const whole = mergeTurn(state, round);
  const turn = tryOf(round);
  if (isApproved(whole, limits) && !isUnsafe(whole)) {
    return stop('done', 'approved', 'The manager approved the work.');
  }
  if (limits.policies.stopsWithoutProgress && isStuck(mergeTurns(state))) {
    return stop('partial', 'no_progress', 'The last rounds changed nothing and met the same objections.');
  }
  // What is unsafe in the last round gets one more, which is the last in any case.
  const isExtra = isUnsafe(whole) && turn === limits.maxRounds;
  if (turn < limits.maxRounds || isExtra) return workOnFirstPhase(state, turn + 1);
  return isUnsafe(whole)
    ? stop('partial', 'unsafe', `Still unsafe after ${countThings(turn, 'round')}, one more than allowed.`)
    : stop('partial', 'max_rounds', `Not approved after ${countThings(turn, 'round')}, the most allowed.`);
}

function workOnFirstPhase(state: RunState, turn: number): Decision {
  const [stage] = phasesOf(state);
  if (stage === undefined) return stop('partial', 'nothing_left', 'Every phase was skipped or dropped.');
  return act({ type: 'work', round: (state.rounds.at(-1)?.number ?? 0) + 1, stage, turn });
}

/** The phases that are worked on after this one, or from the beginning, in the order of the roadmap. */
function phasesOf({ roadmap }: RunState, after?: string): readonly string[] {
  const stages = roadmap?.stages ?? [];
  const rest = stages.slice(stages.findIndex(({ id }) => id === after) + 1);
  return rest.filter(({ status }) => status !== 'skipped').map(({ id }) => id);
}

function mergeTurn({ rounds }: RunState, round: Round): Round {
  return mergeRounds(roundsOfTry(rounds, round)) ?? round;
}

/** Every turn as one round, in order; those before the run was opened again are past. */
function mergeTurns(state: RunState): readonly Round[] {
  const rounds = state.rounds.slice(state.roundsBefore);
  const lasts = rounds.filter(
    (round, index) => rounds[index + 1] === undefined || rounds[index + 1]?.turn !== round.turn,
  );
  return lasts.map((round) => mergeTurn(state, round));
}
