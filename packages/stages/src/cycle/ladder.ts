import type { NanoUsd } from '@jarvis/core';

/** What is tried when audits lead nowhere, the gentlest first. After the last one the stage is blocked. */
export const ladderSteps = ['other_instructions', 'stronger_model', 'split', 'ask'] as const;

/** One of {@link ladderSteps}. */
export type LadderStep = (typeof ladderSteps)[number];

/** A step for which models are paid. Asking somebody is free. */
export type PaidLadderStep = Exclude<LadderStep, 'ask'>;

/** What money there is for the ladder. Amounts are in billionths of a US dollar. */
export interface LadderPurse {
  /** What is left for the whole run now. */
  readonly leftNanoUsd: NanoUsd | 'unlimited';
  /** What the ladder of this stage has cost so far. */
  readonly spentNanoUsd: NanoUsd;
  /** What each step is expected to cost at most, with the audit after it. */
  readonly costNanoUsd: Readonly<Record<PaidLadderStep, NanoUsd>>;
}

/** A step that was passed over because it does not fit into the part of the money the ladder may spend. */
export interface SkippedStep {
  readonly step: PaidLadderStep;
  readonly costNanoUsd: NanoUsd;
  readonly allowanceNanoUsd: NanoUsd;
}

/** The next step of the ladder, or `undefined` when none is left; and what was passed over on the way. */
export interface Climb {
  readonly step: LadderStep | undefined;
  readonly skipped: readonly SkippedStep[];
}

/** The ladder may spend one part in so many of what was left when it was begun. */
const PART = 4;

/**
 * What the ladder may still spend: a quarter of what was left when it was begun, less what it has spent since.
 * What others spend in the meantime makes it smaller.
 */
export function ladderAllowance({
  leftNanoUsd,
  spentNanoUsd,
}: Pick<LadderPurse, 'leftNanoUsd' | 'spentNanoUsd'>): NanoUsd | 'unlimited' {
  if (leftNanoUsd === 'unlimited') return 'unlimited';
  return Math.max(0, Math.floor((leftNanoUsd + spentNanoUsd) / PART) - spentNanoUsd);
}

/**
 * Chooses the next step of the ladder: the first that comes after those already taken and can be paid.
 *
 * @param steps the steps there are, in their order; leave out what cannot be done, such as a stronger model there is not.
 */
export function climbLadder(
  steps: readonly LadderStep[],
  taken: readonly LadderStep[],
  purse: LadderPurse,
): Climb {
  const highest = Math.max(-1, ...taken.map((step) => steps.indexOf(step)));
  const allowance = ladderAllowance(purse);
  const skipped: SkippedStep[] = [];

  for (const step of steps.slice(highest + 1)) {
    if (taken.includes(step)) continue;
    if (step === 'ask' || allowance === 'unlimited') return { step, skipped };
    const costNanoUsd = purse.costNanoUsd[step];
    if (costNanoUsd <= allowance) return { step, skipped };
    skipped.push({ step, costNanoUsd, allowanceNanoUsd: allowance });
  }
  return { step: undefined, skipped };
}
