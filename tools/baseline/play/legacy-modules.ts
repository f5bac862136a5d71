import {
  type LegacyModule as ModuleName,
  orchestratorDialect,
  phase3Dialect,
  threeLoopDialect,
  toOrchestratorStatus,
  toPhase3Status,
  toThreeLoopStatus,
  toTwoLoopStatus,
  twoLoopDialect,
  visualThreeLoopDialect,
} from '@jarvis/legacy-compat';
import type { Dialect, RunResult } from '@jarvis/loops';

import type { Scenario } from '../scenario/scenario-file.ts';

/** How a run ended and what it cost. */
export type Ending = Pick<RunResult, 'runId' | 'status' | 'reason' | 'rounds' | 'cost'>;

/** What stands in for an old module: a dialect, the words its ending is told in, and what it took for a yes. */
export interface LegacyModule {
  readonly name: ModuleName;
  readonly dialectOf: (config: Scenario['config']) => Dialect;
  readonly toStatus: (ending: Ending) => string;
  /** The answers on the console with which it went on. */
  readonly yes: readonly string[];
}

/** The old modules that can be played, by the name of their file. */
export const legacyModules: Readonly<Record<string, LegacyModule | undefined>> = {
  orchestrator: {
    name: 'orchestrator',
    dialectOf: () => orchestratorDialect,
    toStatus: toOrchestratorStatus,
    yes: ['y'],
  },
  orchestrator_2loop: {
    name: 'orchestrator_2loop',
    dialectOf: () => twoLoopDialect,
    toStatus: toTwoLoopStatus,
    yes: ['y', 'yes'],
  },
  orchestrator_3loop_legacy: {
    name: 'orchestrator_3loop_legacy',
    dialectOf: ({ use_visual_review: isVisual }) =>
      isVisual === true ? visualThreeLoopDialect : threeLoopDialect,
    toStatus: toThreeLoopStatus,
    yes: ['y', 'yes'],
  },
  orchestrator_phase3: {
    name: 'orchestrator_phase3',
    dialectOf: () => phase3Dialect,
    toStatus: toPhase3Status,
    yes: ['y'],
  },
};
