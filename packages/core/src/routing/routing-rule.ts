import { z } from 'zod';

import { agentRoleSchema } from '../vocabulary/agent-role.ts';
import { taskComplexitySchema, taskImportanceSchema, taskKindSchema } from './task-facts.ts';

/** What agents are asked for. */
export const purposeSchema = z.enum(
  ['plan', 'split', 'work', 'audit', 'review', 'decide', 'clarify'],
  'expected plan, split, work, audit, review, decide or clarify',
);

/** What an agent is asked for. */
export type Purpose = z.infer<typeof purposeSchema>;

/** Models by how much they can do; a user names those there are. */
export const modelTiers = ['small', 'standard', 'strong'] as const;

/** A tier of models, for rules that mean "a stronger one" rather than a certain model. */
export type ModelTier = (typeof modelTiers)[number];

/** Every fact a rule may ask for; all that are given have to hold, and a fact that is not known holds for none. */
const conditionSchema = z.strictObject({
  role: agentRoleSchema.exactOptional(),
  purpose: purposeSchema.exactOptional(),
  kind: taskKindSchema.exactOptional(),
  complexity: taskComplexitySchema.exactOptional(),
  importance: taskImportanceSchema.exactOptional(),
  round: z
    .strictObject({ min: z.int().min(1).exactOptional(), max: z.int().min(1).exactOptional() })
    .refine(({ min = 1, max = Infinity }) => min <= max, 'expected min to be at most max')
    .exactOptional(),
  previous: z
    .strictObject({
      isApproved: z.boolean().exactOptional(),
      hasErrors: z.boolean().exactOptional(),
      word: z.string().max(200).exactOptional(),
    })
    .exactOptional(),
});

const modelExpected =
  'expected the name of a model, or { "of": … } with manager, employee, supervisor, small, standard or strong';

const modelReferenceSchema = z.union(
  [
    z.string().trim().min(1).max(200),
    z.strictObject({ of: z.enum(['manager', 'employee', 'supervisor', ...modelTiers]) }),
  ],
  modelExpected,
);

/** Reads one rule from outside; keys it does not know are refused. */
export const routingRuleSchema = z.strictObject({
  when: conditionSchema,
  model: modelReferenceSchema,
  because: z.string().trim().min(1, 'expected the reason, in words').max(500),
});

/** When a {@link RoutingRule} applies. Empty means always. */
export interface RoutingCondition {
  readonly role?: z.infer<typeof agentRoleSchema>;
  readonly purpose?: Purpose;
  readonly kind?: z.infer<typeof taskKindSchema>;
  readonly complexity?: z.infer<typeof taskComplexitySchema>;
  readonly importance?: z.infer<typeof taskImportanceSchema>;
  /** The first and the last round it applies in, 1 being the first round there is. */
  readonly round?: { readonly min?: number; readonly max?: number };
  /** How the round before ended; holds only when there was one. */
  readonly previous?: {
    readonly isApproved?: boolean;
    readonly hasErrors?: boolean;
    readonly word?: string;
  };
}

/** A model by its name, or by what the configuration calls it. */
export type ModelReference = Readonly<z.infer<typeof modelReferenceSchema>>;

/** Which model is asked, when, and why: data, so that it can be written down, shown and checked. */
export interface RoutingRule {
  readonly when: RoutingCondition;
  readonly model: ModelReference;
  /** The reason in words, for the person who looks at a run. */
  readonly because: string;
}

/** What is known of a question when a model is chosen for it. */
export interface RoutingQuestion extends Omit<RoutingCondition, 'round' | 'previous'> {
  readonly role: z.infer<typeof agentRoleSchema>;
  readonly purpose: Purpose;
  /** 1 for the first round. */
  readonly round: number;
  /** How the round before ended; left out in the first round. */
  readonly previous?: {
    readonly isApproved: boolean;
    /** Whether the checks found errors, or the answer was refused. */
    readonly hasErrors: boolean;
    /** The reviewer's own word, when the dialect has one. */
    readonly word?: string;
  };
}

type Fact = keyof RoutingCondition;

/** Whether a condition holds as far as one fact is concerned, by fact. */
export const factTests: Readonly<Record<Fact, (when: RoutingCondition, of: RoutingQuestion) => boolean>> = {
  role: (when, { role }) => when.role === undefined || when.role === role,
  purpose: (when, { purpose }) => when.purpose === undefined || when.purpose === purpose,
  kind: (when, { kind }) => when.kind === undefined || when.kind === kind,
  complexity: (when, { complexity }) => when.complexity === undefined || when.complexity === complexity,
  importance: (when, { importance }) => when.importance === undefined || when.importance === importance,
  round: ({ round: { min = 1, max = Infinity } = {} }, { round }) => min <= round && round <= max,
  previous: ({ previous: wanted }, { previous }) =>
    wanted === undefined || (previous !== undefined && fits(wanted, previous)),
};

/** Tells whether a rule applies to a question. */
export function appliesTo({ when }: RoutingRule, question: RoutingQuestion): boolean {
  return Object.values(factTests).every((holds) => holds(when, question));
}

function fits(
  wanted: NonNullable<RoutingCondition['previous']>,
  { isApproved, hasErrors, word }: NonNullable<RoutingQuestion['previous']>,
): boolean {
  return (
    (wanted.isApproved === undefined || wanted.isApproved === isApproved) &&
    (wanted.hasErrors === undefined || wanted.hasErrors === hasErrors) &&
    (wanted.word === undefined || wanted.word === word)
  );
}
