import { orchestratorReference } from './orchestrator-reference.ts';
import { phase3Reference } from './phase3-reference.ts';
import type { Scenario } from '../scenario/scenario-file.ts';
import { type ReferenceModule, simulateRun, type Simulation } from './reference-run.ts';
import { threeLoopReference } from './three-loop-reference.ts';
import { twoLoopReference } from './two-loop-reference.ts';

const modules: Readonly<Record<string, ReferenceModule | undefined>> = {
  orchestrator: orchestratorReference,
  orchestrator_2loop: twoLoopReference,
  orchestrator_3loop_legacy: threeLoopReference,
  orchestrator_phase3: phase3Reference,
};

/** What a scenario leads to when its old module has no defects; cut after `maxCalls`. */
export function simulateModule(scenario: Scenario, maxCalls = Infinity): Simulation {
  const module = modules[scenario.orchestrator];
  if (module === undefined) throw new TypeError(`there is no reference for ${scenario.orchestrator}`);
  return simulateRun(scenario, module, maxCalls);
}
