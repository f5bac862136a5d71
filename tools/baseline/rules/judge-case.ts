import type { BaselineCase } from './baseline-case.ts';
import { type ExplainedDifference, explainDifferences } from './explain-differences.ts';
import type { Rule } from './rule-file.ts';

/** What became of comparing a recorded run with ours. */
export interface CaseVerdict {
  readonly verdict: 'equal' | 'intended' | 'difference';
  /** Numbers of the defects that explain the differences. */
  readonly defects: readonly number[];
  readonly differences: readonly ExplainedDifference[];
}

/** Compares a recorded run with ours: equal, different as intended in every field, or different. */
export function judgeCase(pair: BaselineCase, rules: readonly Rule[]): CaseVerdict {
  const differences = explainDifferences(pair, rules);
  if (differences.length === 0) return { verdict: 'equal', defects: [], differences };
  const isIntended = differences.every((difference) => difference.rules.length > 0);
  const numbers = new Set(differences.flatMap((difference) => difference.rules.map(({ defect }) => defect)));
  return {
    verdict: isIntended ? 'intended' : 'difference',
    defects: [...numbers].sort((left, right) => left - right),
    differences,
  };
}
