import type { Team } from './team-choice.ts';
import type { Accepted } from './run-records.ts';

/** The mode a run works in: the one that was asked for, or that was chosen for it. */
export function teamOf({ mode, team }: Pick<Accepted, 'mode' | 'team'>): Team {
  // A run that looks at its context has chosen before it was accepted.
  return mode === 'CONTEXT_AWARE' ? (team?.mode ?? 'PHASE3') : mode;
}
