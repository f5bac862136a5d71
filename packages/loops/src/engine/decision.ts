import type { AgentRole, Config } from '@jarvis/core';
import type { RoadmapMutation } from '@jarvis/roadmap';
import type { StageEvent } from '@jarvis/stages';

import type { DialectPolicies } from '../dialect/dialect.ts';
import type { Action } from './action.ts';
import type { Stop } from './run-records.ts';
import type { RunState } from './run-state.ts';

/** A change that follows from what has happened: of the roadmap, or inside a stage. */
export type Change =
  | {
      readonly type: 'roadmap';
      readonly mutation: RoadmapMutation;
      readonly author: AgentRole;
      readonly reason?: string;
      /** The stage that made it necessary. */
      readonly source?: string;
      /** The name of the suggestion it comes from; one that does not fit is passed over. */
      readonly suggestion?: string;
    }
  | { readonly type: 'stage'; readonly stageId: string; readonly event: StageEvent };

/** What a mode wants to happen next. */
export type Decision =
  | { readonly type: 'act'; readonly action: Action }
  | { readonly type: 'change'; readonly changes: readonly Change[] }
  | { readonly type: 'stop'; readonly stop: Stop };

/** What a mode may know beside the state: limits and policies, all of them pinned. */
export interface DecisionLimits extends Readonly<Config['loop']> {
  readonly policies: DialectPolicies;
  /** Whether the dialect puts questions to the manager. */
  readonly asksManager: boolean;
  /** Whether the dialect has the employee's questions answered. */
  readonly answersQuestions: boolean;
}

/** A way of working, as one pure function. */
export type Decide = (state: RunState, limits: DecisionLimits) => Decision;
