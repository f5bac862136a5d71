import { z } from 'zod';

/** When somebody is asked: before a stage is worked on, or before it is completed. */
export type StageMoment = 'before' | 'after';

/** A wish to be asked around stages of some kinds. Who is asked, and until when, is the business of the gate. */
export interface StageGateRule {
  readonly moment: StageMoment;
  /** Any of these kinds, or all stages. */
  readonly kinds: readonly string[] | 'all';
}

/** Parses a rule that comes from a configuration; unknown keys are refused. */
export const stageGateRuleSchema = z.strictObject({
  moment: z.enum(['before', 'after']),
  kinds: z.union([z.array(z.string().min(1)).min(1), z.literal('all')]),
});

/** A gate that is asked for, with what it can be told about by people and conditions. */
export interface StageGate {
  readonly moment: StageMoment;
  /** The kinds of the stage that the rule names; empty when it is for all stages. */
  readonly kinds: readonly string[];
  /** The position of the rule. */
  readonly rule: number;
  /** Such as `before a stage of kind deployment`. */
  readonly reason: string;
}

/** The gates that are asked for at this moment of a stage of these kinds, in the order of the rules. */
export function gatesAround(
  rules: readonly StageGateRule[],
  moment: StageMoment,
  kinds: readonly string[],
): readonly StageGate[] {
  return rules.flatMap((rule, index) => {
    if (rule.moment !== moment) return [];
    const named = rule.kinds === 'all' ? [] : rule.kinds.filter((kind) => kinds.includes(kind));
    if (rule.kinds !== 'all' && named.length === 0) return [];
    const reason =
      named.length === 0 ? `${moment} every stage` : `${moment} a stage of kind ${named.join(', ')}`;
    return [{ moment, kinds: named, rule: index, reason }];
  });
}
