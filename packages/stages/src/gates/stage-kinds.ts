import type { StageBrief } from '@jarvis/core';

/** A kind of stage, and the words by which it is known. A word ending in `*` stands for all that begin with it. */
export interface StageCategory {
  readonly kind: string;
  readonly words: readonly string[];
}

/** Kinds of stages in which a mistake is dear. */
export const defaultStageCategories: readonly StageCategory[] = [
  { kind: 'deployment', words: ['deploy*', 'release*', 'publish*', 'rollout', 'production'] },
  { kind: 'database', words: ['database*', 'migration*', 'schema*', 'sql'] },
  {
    kind: 'security',
    words: ['security', 'authentication', 'authorization', 'login', 'password*', 'encryption'],
  },
  { kind: 'payment', words: ['payment*', 'checkout', 'billing', 'invoice*'] },
  { kind: 'deletion', words: ['delete*', 'deletion*', 'drop', 'remove*', 'purge*'] },
  { kind: 'dependency', words: ['dependency', 'dependencies', 'upgrade*'] },
];

/** The kinds a stage is of, by the words of its brief, in the order of the categories; none is possible. */
export function stageKinds(
  { name, goal, planSteps, requirements }: StageBrief,
  categories: readonly StageCategory[] = defaultStageCategories,
): readonly string[] {
  const words =
    [name, goal, ...planSteps, ...requirements]
      .join('\n')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return categories
    .filter(({ words: known }) => known.some((pattern) => hasWord(words, pattern)))
    .map(({ kind }) => kind);
}

function hasWord(words: readonly string[], pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.endsWith('*')
    ? words.some((word) => word.startsWith(wanted.slice(0, -1)))
    : words.includes(wanted);
}
