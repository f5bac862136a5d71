import { z } from 'zod';

const scalarSchema = z.union(
  [z.string().max(1_000), z.number(), z.boolean()],
  'expected text, a number, true or false',
);

/** What is known of the thing a gate asks about, by name: `amountUsd`, `files` … */
export const gateFactsSchema = z.record(z.string().min(1).max(100), scalarSchema).readonly();

/** Facts of a gate, for its conditions. */
export type GateFacts = z.infer<typeof gateFactsSchema>;

const operators = {
  eq: scalarSchema.exactOptional(),
  ne: scalarSchema.exactOptional(),
  in: z.array(scalarSchema).min(1).max(100).readonly().exactOptional(),
  gt: z.number().exactOptional(),
  gte: z.number().exactOptional(),
  lt: z.number().exactOptional(),
  lte: z.number().exactOptional(),
};

const operatorNames = Object.keys(operators);

/** Reads one condition from outside: a fact, and at least one comparison; all that are given have to hold. */
export const gateConditionSchema = z
  .strictObject({ field: z.string().trim().min(1).max(100), ...operators })
  .refine(
    (condition) => Object.keys(condition).some((key) => operatorNames.includes(key)),
    `expected a comparison: ${operatorNames.join(', ')}`,
  )
  .readonly();

/** A comparison with a fact, such as `{ field: 'amountUsd', gt: 10000 }`. */
export type GateCondition = z.infer<typeof gateConditionSchema>;

/** `unknown`: there is no such fact, or it is of another type than what it is compared with. */
export type ConditionAnswer = 'holds' | 'fails' | 'unknown';

type Scalar = z.infer<typeof scalarSchema>;

/**
 * Whether a condition holds. What to do when nobody knows is for who asks: an approver is asked rather than left out,
 * and nothing is approved.
 */
export function judgeCondition(condition: GateCondition, facts: GateFacts): ConditionAnswer {
  const fact = Object.hasOwn(facts, condition.field) ? facts[condition.field] : undefined;
  if (fact === undefined) return 'unknown';

  const answers = comparisons.map((judge) => judge(condition, fact));
  if (answers.includes('fails')) return 'fails';
  return answers.includes('unknown') ? 'unknown' : 'holds';
}

/** One for each operator; a comparison that is not asked for holds. */
const comparisons: readonly ((condition: GateCondition, fact: Scalar) => ConditionAnswer)[] = [
  ({ eq }, fact) => (eq === undefined ? 'holds' : isEqual(fact, eq)),
  ({ ne }, fact) => (ne === undefined ? 'holds' : negate(isEqual(fact, ne))),
  ({ in: wanted }, fact) => (wanted === undefined ? 'holds' : isAmong(fact, wanted)),
  ({ gt }, fact) => (gt === undefined ? 'holds' : compare(fact, (number) => number > gt)),
  ({ gte }, fact) => (gte === undefined ? 'holds' : compare(fact, (number) => number >= gte)),
  ({ lt }, fact) => (lt === undefined ? 'holds' : compare(fact, (number) => number < lt)),
  ({ lte }, fact) => (lte === undefined ? 'holds' : compare(fact, (number) => number <= lte)),
];

function isEqual(fact: Scalar, wanted: Scalar): ConditionAnswer {
  return typeof fact === typeof wanted ? toAnswer(fact === wanted) : 'unknown';
}

function negate(answer: ConditionAnswer): ConditionAnswer {
  if (answer === 'unknown') return 'unknown';
  return toAnswer(answer === 'fails');
}

function isAmong(fact: Scalar, wanted: readonly Scalar[]): ConditionAnswer {
  const answers = wanted.map((one) => isEqual(fact, one));
  if (answers.includes('holds')) return 'holds';
  return answers.includes('fails') ? 'fails' : 'unknown';
}

function compare(fact: Scalar, holds: (number: number) => boolean): ConditionAnswer {
  return typeof fact === 'number' && Number.isFinite(fact) ? toAnswer(holds(fact)) : 'unknown';
}

function toAnswer(holds: boolean): ConditionAnswer {
  return holds ? 'holds' : 'fails';
}
