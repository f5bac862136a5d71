import { findUnfinished } from '@jarvis/core';

import type { Stop } from './run-records.ts';
import type { RunState } from './run-state.ts';

/**
 * How a run ends that a person wants to end; `undefined` as long as nobody does, and while files are being written
 * or committed: that is brought to its end first.
 */
export function findCancellation({ cancelled, openAction }: RunState): Stop | undefined {
  if (cancelled === undefined) return undefined;
  const step = openAction === undefined ? undefined : findUnfinished(openAction.steps);
  // Only steps that change the world have an intent.
  if (step !== undefined && step.intent !== null) return undefined;
  const why = cancelled.reason === undefined ? '.' : `: ${cancelled.reason}`;
  return { status: 'cancelled', reason: 'cancelled', message: `Cancelled as asked${why}` };
}
