import { isPriceKnown } from '../reference/charged-cost.ts';
import type { ScenarioFile } from '../scenario/scenario-file.ts';
import { legacyModules } from './legacy-modules.ts';

/** What a scenario needs that is not there yet, found in its data; `undefined` when it can be played. */
export function findMissingFeature({ scenario, trace }: ScenarioFile): string | undefined {
  const { orchestrator, config, env } = scenario;
  const needs: readonly (readonly [isNeeded: boolean, feature: string])[] = [
    [legacyModules[orchestrator] === undefined, `the mode and dialect of ${orchestrator}`],
    [asksOnConsole(config) || trace.inputsAsked.length > 0, 'gates, for the question on the console'],
    [config['use_visual_review'] === true, 'the visual review'],
    [trace.securityEvents.some(({ blocked }) => blocked === true), 'the screening of tasks'],
    ...Object.entries(env).map(([name, value]) => needOf(name, value)),
  ];
  return needs.find(([isNeeded]) => isNeeded)?.[1];
}

function asksOnConsole(config: ScenarioFile['scenario']['config']): boolean {
  return (config['interactive_cost_mode'] ?? 'off') !== 'off';
}

function needOf(name: string, value: string): readonly [boolean, string] {
  if (name === 'DEFAULT_SUPERVISOR_MODEL') return [false, ''];
  if (name !== 'DEFAULT_MANAGER_MODEL') return [true, `the environment variable ${name}`];
  return [!isPriceKnown(value), `the old price of the model ${value}`];
}
