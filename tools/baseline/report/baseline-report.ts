import type { RuleFault, RuleUse } from '../rules/review-rules.ts';
import type { UnreadableInput } from '../scenario/read-folder.ts';

/** Every verdict, in the order in which a summary counts them. */
export const verdicts = ['equal', 'intended', 'difference', 'not supported yet'] as const;

export type ReportedVerdict = (typeof verdicts)[number];

/** A field in which a run differs from the recorded one. */
export interface ReportedDifference {
  readonly path: string;
  readonly recorded: unknown;
  readonly ours: unknown;
  /** What the script leads to without the defects of the predecessor. */
  readonly expected: unknown;
  /** Names of the rules by which it is intended; none when it is not. */
  readonly explainedBy: readonly string[];
}

/** What became of one scenario. */
export interface ScenarioReport {
  /** The name of its file. */
  readonly name: string;
  readonly id: string;
  /** The old module that was recorded. */
  readonly module: string;
  readonly verdict: ReportedVerdict;
  readonly defects: readonly number[];
  /** Why it was not played, what broke, or what else is to be known. */
  readonly note?: string;
  readonly differences: readonly ReportedDifference[];
}

/** The outcome of playing a folder. */
export interface BaselineReport {
  readonly version: 1;
  readonly folder: string;
  readonly scenarios: readonly ScenarioReport[];
  readonly unreadable: readonly UnreadableInput[];
  readonly rules: readonly {
    readonly name: string;
    readonly defect: number;
    readonly use: RuleUse;
    readonly explained: readonly string[];
  }[];
  /** What is wrong with the rules. */
  readonly faults: readonly RuleFault[];
  /** What would be wrong with them if the folder were the one they are made for. */
  readonly doubts: readonly RuleFault[];
}

/** 0: every run is equal or as intended · 1: a difference, or rules that are at fault · 2: input that is unreadable. */
export function exitCodeOf({ scenarios, unreadable, faults }: BaselineReport): 0 | 1 | 2 {
  if (unreadable.length > 0) return 2;
  return faults.length > 0 || scenarios.some(({ verdict }) => verdict === 'difference') ? 1 : 0;
}
