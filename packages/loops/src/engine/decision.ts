import type { Config } from '@jarvis/core';

import type { DialectPolicies } from '../dialect/dialect.ts';
import type { Action } from './action.ts';
import type { Stop } from './run-records.ts';
import type { RunState } from './run-state.ts';

/** What a mode wants to happen next. */
export type Decision =
  { readonly type: 'act'; readonly action: Action } | { readonly type: 'stop'; readonly stop: Stop };

/** What a mode may know beside the state: limits and policies, all of them pinned. */
export interface DecisionLimits extends Readonly<Config['loop']> {
  readonly policies: DialectPolicies;
}

/** A way of working, as one pure function. */
export type Decide = (state: RunState, limits: DecisionLimits) => Decision;
