import { diffLines } from 'diff';

import type { ModuleDescription } from './describe-module.ts';
import type { OldModule } from './old-modules.ts';

/** How much two modules have in common. */
export interface ModuleComparison {
  readonly modules: readonly [OldModule, OldModule];
  /** Of all lines of both, how many the other has as well, in the same order: 0 to 100. */
  readonly equalLinesPercent: number;
  /** Functions and classes of the same name. */
  readonly sharedNames: readonly string[];
}

/** A module with its text. */
export interface ComparedModule extends Pick<ModuleDescription, 'module' | 'definitions'> {
  readonly text: string;
}

/** Compares each module with each other, the most alike first. */
export function compareModules(modules: readonly ComparedModule[]): readonly ModuleComparison[] {
  return modules
    .flatMap((one, index) => modules.slice(index + 1).map((other) => compare(one, other)))
    .sort((one, other) => other.equalLinesPercent - one.equalLinesPercent);
}

function compare(one: ComparedModule, other: ComparedModule): ModuleComparison {
  const parts = diffLines(one.text, other.text);
  const count = (isWanted: (part: (typeof parts)[number]) => boolean) =>
    parts.filter(isWanted).reduce((sum, part) => sum + part.count, 0);
  const equal = count(({ added, removed }) => !added && !removed);
  const all = 2 * equal + count(({ added, removed }) => added || removed);
  const names = new Set(other.definitions.map(({ name }) => name));
  return {
    modules: [one.module, other.module],
    equalLinesPercent: all === 0 ? 100 : Math.round((200 * equal) / all),
    sharedNames: one.definitions.map(({ name }) => name).filter((name) => names.has(name)),
  };
}
