import type { ConfigInput } from '@jarvis/core';

import { type LegacyModule, legacyModules } from './legacy-modules.ts';

/** The environment variables the predecessor took models from, as far as they still mean something. */
export interface LegacyVariables {
  readonly DEFAULT_MANAGER_MODEL?: string;
  readonly DEFAULT_SUPERVISOR_MODEL?: string;
}

const SEATS = [
  ['DEFAULT_MANAGER_MODEL', 'manager'],
  ['DEFAULT_SUPERVISOR_MODEL', 'supervisor'],
] as const;

/** One line for each variable that was set: where its model went, or why it went nowhere. */
export function noteOnVariables(
  variables: LegacyVariables,
  { models }: ConfigInput,
  module: LegacyModule,
): readonly string[] {
  return SEATS.flatMap(([variable, seat]) => {
    const model = variables[variable];
    if (model === undefined) return [];
    const told = `${variable}: ${JSON.stringify(model.slice(0, 80))} in the environment;`;
    if (models?.[seat] !== undefined) {
      return [`${told} left out, because orchestrator.config says models.${seat}.`];
    }
    return seat === 'supervisor' && !legacyModules[module].hasSupervisor
      ? [`${told} left out, because ${module} had no supervisor.`]
      : [`${told} it is now written out as models.${seat}.`];
  });
}

/** The variable a value of the translated configuration was taken from. */
export function variableOf(key: string): string | undefined {
  return SEATS.find(([, seat]) => key === `models.${seat}`)?.[0];
}
