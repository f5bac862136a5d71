import { InvalidLimitError } from '../errors.ts';
import { ladderSteps } from './ladder.ts';
import type { LadderStep } from './ladder.ts';
import type { NoProgressLimits } from './detect-no-progress.ts';

/** How long a stage is worked on, and what happens then. */
export interface CycleLimits {
  /** The most audits of a stage before something else is tried, at least 1; counted anew when it is reopened. */
  readonly maxAudits: number;
  /** The audits that a step of the ladder earns, at least 1. */
  readonly auditsPerStep: number;
  /** How often later stages may reopen a stage, at least 0. */
  readonly maxReopens: number;
  /** What happens to errors that are left: the ladder, or they are accepted. Warnings are always accepted. */
  readonly onAuditLimit: 'ladder' | 'accept';
  /** The steps of the ladder there are, in their order. */
  readonly ladder: readonly LadderStep[];
  readonly noProgress: NoProgressLimits;
}

/** Three audits, one more for each step of the ladder, two reopenings. */
export const defaultCycleLimits: CycleLimits = {
  maxAudits: 3,
  auditsPerStep: 1,
  maxReopens: 2,
  onAuditLimit: 'ladder',
  ladder: ladderSteps,
  noProgress: {},
};

/**
 * Limits that are written out, completed by the {@link defaultCycleLimits}.
 *
 * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
 */
export function toCycleLimits(written: Partial<CycleLimits>): CycleLimits {
  const limits = { ...defaultCycleLimits, ...written };
  const minimums = { maxAudits: 1, auditsPerStep: 1, maxReopens: 0 } as const;
  for (const limit of ['maxAudits', 'auditsPerStep', 'maxReopens'] as const) {
    const value = limits[limit];
    const minimum = minimums[limit];
    if (!Number.isInteger(value) || value < minimum) throw new InvalidLimitError({ limit, value, minimum });
  }
  return limits;
}
