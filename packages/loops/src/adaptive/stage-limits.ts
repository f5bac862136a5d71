import { type CycleLimits, type LadderPurse, ladderSteps } from '@jarvis/stages';

import type { DecisionLimits } from '../engine/decision.ts';
import { paidFor, paidForLadder } from '../engine/ladders.ts';
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

/** A stronger model is taken to be this many times as dear. */
const STRONGER = 4;

/** Halves are worked on one after the other. */
const HALVES = 2;

/**
 * What money there is for the ladder of a stage. What it has spent is what was booked for the stage since its first
 * step, and for the parts of a stage that was divided together; a round to come is taken to cost what its own have.
 */
export function purseOf(
  state: RunState,
  stageId: string,
  { maxAuditsPerStage }: DecisionLimits,
): LadderPurse {
  const { capNanoUsd, bookedNanoUsd, reservedNanoUsd } = state.ledger;
  const rounds = state.rounds.filter(({ stage }) => stage === stageId).length;
  const usual = Math.ceil(paidFor(state, stageId) / Math.max(1, rounds));
  return {
    leftNanoUsd: capNanoUsd === undefined ? 'unlimited' : capNanoUsd - bookedNanoUsd - reservedNanoUsd,
    spentNanoUsd: paidForLadder(state, stageId),
    costNanoUsd: {
      other_instructions: usual,
      stronger_model: usual * STRONGER,
      split: usual * HALVES * maxAuditsPerStage,
    },
  };
}
