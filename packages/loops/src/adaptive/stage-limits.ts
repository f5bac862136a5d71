import { type CycleLimits, ladderSteps, type LadderPurse, type StageSnapshot } from '@jarvis/stages';

import type { DecisionLimits } from '../engine/decision.ts';
import type { RunState } from '../engine/run-state.ts';

/** More audits than a stage can have: with it no circle is ever seen. */
const NEVER = 1_000;

/** How long a stage is worked on, with the steps of the ladder that can be taken in this run. */
export function cycleLimitsOf({ config }: RunState, limits: DecisionLimits): Partial<CycleLimits> {
  const { manager, employee, tiers } = config.models ?? {};
  const asksPeople = config.gates?.some(({ at }) => at === 'blocked') === true;
  const strong = tiers?.strong;
  const hasStronger = strong !== undefined && strong !== employee && strong !== manager;
  return {
    maxAudits: limits.maxAuditsPerStage,
    maxReopens: limits.maxReopensPerStage,
    onAuditLimit: limits.onAuditLimit ?? limits.policies.onAuditLimit,
    ...(limits.policies.stopsWithoutProgress
      ? {}
      : { noProgress: { repeats: NEVER, alternations: NEVER, stalls: NEVER } }),
    ladder: ladderSteps.filter((step) => {
      if (step === 'stronger_model') return hasStronger;
      return step === 'ask' ? limits.asksManager || asksPeople : true;
    }),
  };
}

/** What a round and its audit have cost so far, on the average of the run. */
function costOfRound({ ledger, rounds }: RunState): number {
  return Math.ceil(ledger.bookedNanoUsd / Math.max(1, rounds.length));
}

/** A stronger model is taken to be this many times as dear. */
const STRONGER = 4;

/** Halves are worked on one after the other. */
const HALVES = 2;

/** What money there is for the ladder of a stage. */
export function purseOf(state: RunState, stage: StageSnapshot): LadderPurse {
  const { capNanoUsd, bookedNanoUsd, reservedNanoUsd } = state.ledger;
  const usual = costOfRound(state);
  const tries = stage.rounds.length - (stage.escalations[0]?.afterRounds ?? stage.rounds.length);
  return {
    leftNanoUsd: capNanoUsd === undefined ? 'unlimited' : capNanoUsd - bookedNanoUsd - reservedNanoUsd,
    spentNanoUsd: tries * usual,
    costNanoUsd: {
      other_instructions: usual,
      stronger_model: usual * STRONGER,
      split: usual * HALVES,
    },
  };
}
