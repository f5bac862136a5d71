import type { ModeName } from '@jarvis/core';

import { adaptive } from './adaptive.ts';
import type { Scenario } from './scenario.ts';
import { contextAware, threeLoop } from './three-loop.ts';
import { twoLoop } from './two-loop.ts';

const SCENARIOS: Readonly<Record<ModeName, Scenario>> = {
  SIMPLE_2LOOP: twoLoop,
  LEGACY_3LOOP: threeLoop,
  PHASE3: adaptive,
  CONTEXT_AWARE: contextAware,
};

/** What is built in cycles of a mode. */
export function findScenario(mode: ModeName): Scenario {
  return SCENARIOS[mode];
}
