import type { ModeName } from '@jarvis/core';

/**
 * The ways of working. `OrchestratorMode.SIMPLE_2LOOP` is the string `'SIMPLE_2LOOP'`, as configuration files write
 * it. Which of them a release runs: `availableModes`.
 */
export const OrchestratorMode = {
  /** Manager and employee take turns until the work is approved; for small, clear tasks. */
  SIMPLE_2LOOP: 'SIMPLE_2LOOP',
  /** Manager, supervisor and employee, in rounds over all phases. */
  LEGACY_3LOOP: 'LEGACY_3LOOP',
  /** Stages on a roadmap that adapts while the work runs. */
  PHASE3: 'PHASE3',
  /** Looks at task, project and session, then works in one of the other ways. */
  CONTEXT_AWARE: 'CONTEXT_AWARE',
} as const satisfies { readonly [Mode in ModeName]: Mode };

export type OrchestratorMode = ModeName;
