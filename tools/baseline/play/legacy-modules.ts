import type { ModeName } from '@jarvis/core';
import { toTwoLoopStatus, twoLoopDialect } from '@jarvis/legacy-compat';
import type { Dialect, RunResult } from '@jarvis/loops';

/** What stands in for an old module: a mode, a dialect, and the words its ending is told in. */
export interface LegacyModule {
  readonly mode: ModeName;
  readonly dialect: Dialect;
  readonly toStatus: (result: RunResult) => string;
}

/** The old modules that can be played, by the name of their file. */
export const legacyModules: Readonly<Record<string, LegacyModule | undefined>> = {
  orchestrator_2loop: { mode: 'SIMPLE_2LOOP', dialect: twoLoopDialect, toStatus: toTwoLoopStatus },
};
