import { diffLines } from 'diff';

import type { ModuleDescription } from './describe-module.ts';
import type { OldModule } from './old-modules.ts';

/** How much two modules have in common. */
export interface ModuleComparison {
  readonly modules: readonly [OldModule, OldModule];
  /** Of all lines of both, how many the other has as well: 0 to 100. */
  readonly equalLinesPercent: number;
  /** Whether only lines in the same order were counted; of modules that differ in much they are, wherever they stand. */
  readonly isInOrder: boolean;
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

/** The time it takes to find an order grows with the square of the lines that differ. */
const MOST_DIFFERING_LINES = 2_000;

function compare(one: ComparedModule, other: ComparedModule): ModuleComparison {
  const names = new Set(other.definitions.map(({ name }) => name));
  const inOrder = countInOrder(one.text, other.text);
  const equal = inOrder ?? countAnywhere(one.text, other.text);
  const all = linesOf(one.text).length + linesOf(other.text).length;
  return {
    modules: [one.module, other.module],
    equalLinesPercent: all === 0 ? 100 : Math.round((200 * equal) / all),
    isInOrder: inOrder !== undefined,
    sharedNames: one.definitions.map(({ name }) => name).filter((name) => names.has(name)),
  };
}

/** How many lines both have in the same order; `undefined` when they differ in too much to tell. */
function countInOrder(one: string, other: string): number | undefined {
  return diffLines(one, other, { maxEditLength: MOST_DIFFERING_LINES })
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { count }) => sum + count, 0);
}

/** How many lines both have, each as often as it is in both. */
function countAnywhere(one: string, other: string): number {
  const left = new Map<string, number>();
  for (const line of linesOf(one)) left.set(line, (left.get(line) ?? 0) + 1);
  let equal = 0;
  for (const line of linesOf(other)) {
    const count = left.get(line) ?? 0;
    if (count > 0) equal += 1;
    left.set(line, count - 1);
  }
  return equal;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
