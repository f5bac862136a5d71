import { deriveVerdict, detectNoProgress, findingFingerprint } from '@jarvis/stages';

import type { Action } from '../engine/action.ts';
import type { Decision, DecisionLimits } from '../engine/decision.ts';
import type { StopReason } from '../engine/stop-reason.ts';
import type { Round, RunState } from '../engine/run-state.ts';

/** Manager and employee take turns: a plan, then rounds of work and review until the work is approved. */
export function decideTwoLoop(state: RunState, limits: DecisionLimits): Decision {
  if (state.accepted?.commits.type === 'init' && state.branch === undefined) return act({ type: 'prepare' });
  if (state.plan === undefined) return act({ type: 'plan' });

  const round = state.rounds.at(-1);
  if (round === undefined) return act({ type: 'work', round: 1 });
  return nextInRound(round, limits) ?? afterRound(state.rounds, round, limits);
}

/** Whether a round that is over ends in approval. Files that were refused are not there, so nothing can be approved. */
function isApproved(round: Round, { policies }: DecisionLimits): boolean {
  if (round.review?.isApproved !== true || round.apply?.type === 'refused') return false;
  const findings = round.checks?.findings ?? [];
  return !policies.errorsPreventApproval || deriveVerdict(findings) !== 'errors';
}

function nextInRound(round: Round, { policies }: DecisionLimits): Decision | undefined {
  const next = (type: Exclude<Action['type'], 'prepare' | 'plan'>) => act({ type, round: round.number });
  if (round.work === undefined) return next('work');
  if (round.apply === undefined) return next('apply');
  if (round.apply.type === 'refused' && !policies.reviewsRefusedWork) return undefined;
  if (round.checks === undefined) return next('check');
  if (round.review === undefined) return next('review');
  return round.commit === undefined ? next('commit') : undefined;
}

function afterRound(rounds: readonly Round[], round: Round, limits: DecisionLimits): Decision {
  if (isApproved(round, limits)) return stop('done', 'approved', 'The manager approved the work.');
  if (limits.policies.stopsWithoutProgress && isStuck(rounds)) {
    return stop('partial', 'no_progress', 'The last rounds changed nothing and met the same objections.');
  }
  if (round.number >= limits.maxRounds) {
    return stop(
      'partial',
      'max_rounds',
      `Not approved after ${String(round.number)} rounds, the most allowed.`,
    );
  }
  return act({ type: 'work', round: round.number + 1 });
}

/** As far back as a circle can be seen: two rounds that took turns twice. */
const CIRCLE_ROUNDS = 4;

function isStuck(rounds: readonly Round[]): boolean {
  const observed = rounds.slice(-CIRCLE_ROUNDS).map((round) => ({
    contentHash: round.checks?.contentHash ?? 'refused',
    fingerprints: objectionsOf(round),
  }));
  return detectNoProgress(observed) !== undefined;
}

function objectionsOf({ apply, checks, review }: Round): readonly string[] {
  if (apply?.type === 'refused') return apply.problems;
  return [
    ...(checks?.findings ?? []).map((finding) => findingFingerprint(finding)),
    ...(review?.feedback ?? []),
  ];
}

function act(action: Action): Decision {
  return { type: 'act', action };
}

function stop(status: 'done' | 'partial', reason: StopReason, message: string): Decision {
  return { type: 'stop', stop: { status, reason, message } };
}
