import type { TaskClass } from '../routing/classify-task.ts';
import type { TaskKind } from '../routing/task-facts.ts';

/** The field a task is from, and the words that say so. */
export interface ChosenDomain {
  readonly kind: Exclude<TaskKind, 'other'>;
  readonly evidence: readonly string[];
}

/** One word is an accident; it takes so many, and more than speak for any other field. */
const LEAST_SIGNS = 2;

/** The field a task is from, when its words are clear about it; `undefined` when they are not. */
export function chooseDomain({ kind, evidence }: TaskClass): ChosenDomain | undefined {
  if (kind === 'other') return undefined;
  const ofKind = evidence.filter(({ fact }) => fact === 'kind');
  const signs = ofKind.filter(({ value }) => value === kind).map(({ sign }) => sign);
  const rivals = ofKind.filter(({ value }) => value !== kind).map(({ value }) => value);
  const strongest = Math.max(0, ...rivals.map((rival) => rivals.filter((value) => value === rival).length));
  return signs.length >= LEAST_SIGNS && signs.length > strongest ? { kind, evidence: signs } : undefined;
}
