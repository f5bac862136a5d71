import { fileURLToPath } from 'node:url';

import { loadRules, type Rule } from '../rules/rule-file.ts';
import { type NamedScenario, readScenarioFolder } from '../scenario/read-folder.ts';
import type { ScenarioFile } from '../scenario/scenario-file.ts';

/** The folder of recorded runs that belongs to this repository. */
export const ownFolder = fileURLToPath(new URL('../scenarios', import.meta.url));

/** All recorded runs of this repository. */
export async function readOwnScenarios(): Promise<readonly NamedScenario[]> {
  const { scenarios, unreadable } = await readScenarioFolder(ownFolder);
  if (unreadable.length > 0)
    throw new Error(`cannot be read: ${unreadable.map(({ name }) => name).join(', ')}`);
  return scenarios;
}

/** One recorded run of this repository. */
export async function readOwnScenario(id: string): Promise<ScenarioFile> {
  const found = (await readOwnScenarios()).find(({ file }) => file.scenario.id === id);
  if (found === undefined) throw new Error(`there is no scenario ${id}`);
  return found.file;
}

/** The rules of this repository. */
export function loadOwnRules(): Promise<readonly Rule[]> {
  return loadRules(fileURLToPath(new URL('../intended-differences.json', import.meta.url)));
}
