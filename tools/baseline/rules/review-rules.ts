import { type OurRun, toBaselineCase, toDocument } from './baseline-case.ts';
import type { NamedScenario } from '../scenario/read-folder.ts';
import { holds } from './holds.ts';
import { type CaseVerdict, judgeCase } from './judge-case.ts';
import { mutateObservation } from './mutate-observation.ts';
import type { Rule } from './rule-file.ts';

/** A scenario that was played, and what came of it. */
export interface PlayedScenario {
  readonly scenario: NamedScenario;
  readonly our: OurRun;
  readonly verdict: CaseVerdict;
}

/**
 * What a rule was good for: it explained something · its evidence occurs only in scenarios that cannot be played
 * yet, or in none that was recorded · it explained nothing.
 */
export type RuleUse = 'used' | 'unproven' | 'unused';

export interface RuleReview {
  readonly rule: Rule;
  readonly use: RuleUse;
  /** The fields it explained, as patterns. */
  readonly explained: readonly string[];
}

/** Something that is wrong with the rules rather than with a run. */
export interface RuleFault {
  readonly kind: 'unused' | 'redundant' | 'over-wide';
  readonly rules: readonly string[];
  readonly scenario?: string;
  readonly problem: string;
}

/** Finds out what each rule was good for in a set of scenarios. */
export function reviewRules(
  rules: readonly Rule[],
  played: readonly PlayedScenario[],
  unplayed: readonly NamedScenario[],
): readonly RuleReview[] {
  const documents = unplayed.map(({ file }) => toDocument(file));
  return rules.map((rule) => {
    const explained = played
      .flatMap(({ verdict }) => verdict.differences)
      .flatMap(({ rules: explaining, changes }) => changes.filter((_, index) => explaining[index] === rule))
      .map(({ kind, at }) => `${kind} ${at}`);
    const isAwaited =
      rule.isUnrecorded === true ||
      documents.some((document) => rule.evidence.every((condition) => holds(condition, document)));
    const use = explained.length > 0 ? 'used' : isAwaited ? 'unproven' : 'unused';
    return { rule, use, explained: [...new Set(explained)] };
  });
}

/** Rules that explained nothing although the scenarios they are meant for may have been played. */
export function findUnusedRules(reviews: readonly RuleReview[]): readonly RuleFault[] {
  return reviews
    .filter(({ use }) => use === 'unused')
    .map(({ rule }) => {
      const problem = `rule ${rule.name} (defect ${String(rule.defect)}) explains nothing; delete it or correct its evidence`;
      return { kind: 'unused', rules: [rule.name], problem };
    });
}

/** Fields that more than one rule explains: without either of them nothing would change. */
export function findRedundantRules(played: readonly PlayedScenario[]): readonly RuleFault[] {
  return played.flatMap(({ scenario, verdict }) =>
    verdict.differences
      .filter(({ rules }) => rules.length > 1)
      .map(({ path, rules }) => {
        const names = rules.map(({ name }) => name);
        const problem = `${path} is explained by ${names.join(' and ')}; one of them is too wide`;
        return { kind: 'redundant' as const, rules: names, scenario: scenario.name, problem };
      }),
  );
}

/**
 * Puts faults into what was observed, one at a time, and tells which of them the rules would have explained away. A
 * run that differs anyway proves nothing and is left out.
 */
export function findOverWideRules(
  rules: readonly Rule[],
  played: readonly PlayedScenario[],
): readonly RuleFault[] {
  return played
    .filter(({ verdict }) => verdict.verdict !== 'difference')
    .flatMap(({ scenario, our, verdict }) =>
      mutateObservation(our.observation).flatMap(({ name, observation }) => {
        const mutated = judgeCase(toBaselineCase(scenario.file, { ...our, observation }), rules);
        // With the one field that differed put back, the run is what was recorded: nothing was explained away.
        const isAsRecorded = verdict.verdict === 'intended' && mutated.verdict === 'equal';
        if (mutated.verdict === 'difference' || isAsRecorded) return [];
        return [toOverWideFault(scenario, name, mutated)];
      }),
    );
}

function toOverWideFault(scenario: NamedScenario, mutant: string, { differences }: CaseVerdict): RuleFault {
  const rules = [...new Set(differences.flatMap((difference) => difference.rules.map(({ name }) => name)))];
  const problem = `nobody would notice that ${mutant} (${rules.join(', ') || 'nothing compares it'})`;
  return { kind: 'over-wide', rules, scenario: scenario.name, problem };
}
