import type { StageSnapshot } from '../evolve-stage.ts';
import { toCycleLimits } from './cycle-limits.ts';
import type { CycleLimits } from './cycle-limits.ts';

/** Whether a stage that a later one broke is worked on again (`reopen` with its source), or is left as it is. */
export interface ReopenDecision {
  readonly type: 'reopen' | 'refuse';
  readonly reason: string;
}

/**
 * Decides whether a later stage may reopen this one. Only reopenings that name a source count: what a person reopens
 * is not bounded.
 *
 * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
 */
export function decideReopen(stage: StageSnapshot, limits: Partial<CycleLimits> = {}): ReopenDecision {
  const { maxReopens } = toCycleLimits(limits);
  if (stage.state !== 'completed' && stage.state !== 'blocked') {
    return { type: 'refuse', reason: `The stage is ${stage.state}, so it is worked on already.` };
  }
  const count = stage.reopenings.filter(({ source }) => source !== undefined).length;
  return count < maxReopens
    ? {
        type: 'reopen',
        reason: `Later stages have reopened it ${String(count)} of ${String(maxReopens)} times.`,
      }
    : { type: 'refuse', reason: `Later stages have reopened it ${String(count)} times, the most allowed.` };
}
