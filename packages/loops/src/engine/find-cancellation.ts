import { findUnfinished } from '@jarvis/core';

import type { Stop } from './run-records.ts';
import type { RunState } from './run-state.ts';

/** How a run ends that a person wants to end; `undefined` as long as nobody does. */
export function findCancellation({ cancelled }: RunState): Stop | undefined {
  if (cancelled === undefined) return undefined;
  const why = cancelled.reason === undefined ? '.' : `: ${cancelled.reason}`;
  return { status: 'cancelled', reason: 'cancelled', message: `Cancelled as asked${why}` };
}

/**
 * Whether a process died while it was writing files or committing: that is brought to its end before the run ends.
 * What stands still because it could not be brought to its end is left as it is.
 */
export function isCutShort({ openAction, paused }: RunState): boolean {
  const step = openAction === undefined ? undefined : findUnfinished(openAction.steps);
  return step !== undefined && paused === undefined && !step.name.startsWith(MODEL_STEP);
}

/** Every other step that is open in the journal changes the world, see `withJournal`. */
const MODEL_STEP = 'model.';
