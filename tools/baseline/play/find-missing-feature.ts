import { isPriceKnown } from '../reference/charged-cost.ts';
import type { ScenarioFile } from '../scenario/scenario-file.ts';
import { legacyModules } from './legacy-modules.ts';

/** What a scenario needs that is not there yet, found in its data; `undefined` when it can be played. */
export function findMissingFeature({ scenario, trace }: ScenarioFile): string | undefined {
  const { orchestrator, env } = scenario;
  const needs: readonly (readonly [isNeeded: boolean, feature: string])[] = [
    [legacyModules[orchestrator] === undefined, `the mode and dialect of ${orchestrator}`],
    [orchestrator === 'orchestrator_2loop' && isBlocked(trace), 'the screening of tasks'],
    ...Object.entries(env).map(([name, value]) => needOf(name, value)),
  ];
  return needs.find(([isNeeded]) => isNeeded)?.[1];
}

function isBlocked({ securityEvents }: ScenarioFile['trace']): boolean {
  return securityEvents.some(({ blocked }) => blocked === true);
}

/** The variables that name models. */
const MODELS: readonly string[] = ['DEFAULT_MANAGER_MODEL', 'DEFAULT_SUPERVISOR_MODEL'];

function needOf(name: string, value: string): readonly [boolean, string] {
  if (!MODELS.includes(name)) return [true, `the environment variable ${name}`];
  return [!isPriceKnown(value), `the old price of the model ${value}`];
}
