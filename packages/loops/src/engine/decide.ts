import type { Action } from './action.ts';
import type { Change, Decision } from './decision.ts';
import type { StopReason } from './stop-reason.ts';
import type { RunState } from './run-state.ts';

/** The decision to do something. */
export function act(action: Action): Decision {
  return { type: 'act', action };
}

/** The decision to take note of something that follows. */
export function change(...changes: readonly Change[]): Decision {
  return { type: 'change', changes };
}

/** The decision to end the run. */
export function stop(status: 'done' | 'partial', reason: StopReason, message: string): Decision {
  return { type: 'stop', stop: { status, reason, message } };
}

/** What comes before any work, in every mode; `undefined` once it is done. */
export function prepareAndPlan(state: RunState): Decision | undefined {
  if (state.accepted?.commits.type === 'init' && state.branch === undefined) return act({ type: 'prepare' });
  return state.plan === undefined ? act({ type: 'plan' }) : undefined;
}
