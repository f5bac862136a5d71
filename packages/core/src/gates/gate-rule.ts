import { z } from 'zod';

import { gateConditionSchema } from './condition.ts';

const name = z.string().trim().min(1).max(100);

const seatShape = {
  role: name.describe('Whoever has this role may decide.').exactOptional(),
  person: name.describe('This person decides.').exactOptional(),
};

/** Reads who may sit on a seat: whoever has a role, or one person. */
export const seatSchema = z
  .strictObject(seatShape)
  .refine(hasOneName, 'expected either a role or a person')
  .readonly();

/** A role, or one person; never both. */
export type Seat = z.infer<typeof seatSchema>;

/** Reads one step of approvers: who, how many of them, and when they are asked at all. */
export const approverStepSchema = z
  .strictObject({
    ...seatShape,
    needed: z.int().min(1).max(20).describe('How many different people approve. Default: 1.').exactOptional(),
    when: gateConditionSchema
      .describe('Only asked when this does not fail, such as { "field": "amountUsd", "gt": 10000 }.')
      .exactOptional(),
  })
  .refine(hasOneName, 'expected either a role or a person')
  .refine(({ person, needed = 1 }) => person === undefined || needed === 1, {
    path: ['needed'],
    error: 'expected 1: a person decides once',
  })
  .readonly();

/** One of the steps in which a gate is approved; the next one begins when it is complete. */
export type ApproverStep = z.infer<typeof approverStepSchema>;

/** Reads a rule by which a gate approves itself. */
const autoApprovalSchema = z
  .strictObject({
    when: z
      .array(gateConditionSchema)
      .min(1)
      .max(20)
      .readonly()
      .describe('All of them have to hold; one that nobody can answer does not.'),
    because: z.string().trim().min(1, 'expected the reason, in words').max(500),
  })
  .readonly();

/** When a gate approves itself, and the reason for the record. */
export type AutoApproval = z.infer<typeof autoApprovalSchema>;

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const DURATION_PATTERN = /^([1-9]\d{0,3})([smhd])$/u;

const onDeadlineSchema = z.union(
  [z.literal('park'), z.strictObject({ escalateTo: seatSchema }).readonly()],
  'expected "park", or { "escalateTo": … } with a role or a person',
);

/** What happens when nobody has decided in time; it is never an approval. */
export type OnDeadline = z.infer<typeof onDeadlineSchema>;

const policyShape = {
  approvers: z
    .array(approverStepSchema)
    .min(1)
    .max(10)
    .readonly()
    .describe('The steps of approval, in order; one rejection ends them.'),
  deadline: z
    .string()
    .regex(DURATION_PATTERN, 'expected a number and s, m, h or d, such as "2h"')
    .describe('How long to wait for a decision. Default: for ever.')
    .exactOptional(),
  onDeadline: onDeadlineSchema
    .describe('What happens then: the run is parked, or somebody else decides. Default: park.')
    .exactOptional(),
  autoApprove: z
    .array(autoApprovalSchema)
    .max(20)
    .readonly()
    .describe('When nobody has to be asked; the first rule that applies is put on record.')
    .exactOptional(),
};

/** Where a rule may put a gate. */
const gatePlaceSchema = z.enum(['plan', 'stage', 'protected-files', 'commit', 'cap', 'blocked']);

/** Where a run can be told to ask. */
export type GatePlace = z.infer<typeof gatePlaceSchema>;

const gateRuleSchema = z
  .strictObject({ at: gatePlaceSchema.describe('Where the run asks.'), ...policyShape })
  .superRefine(({ deadline, onDeadline }, context) => {
    if (deadline !== undefined || onDeadline === undefined) return;
    context.addIssue({ code: 'custom', path: ['onDeadline'], message: 'has no effect without a deadline' });
  })
  .readonly();

/** Who decides, until when, and what needs no decision. */
export interface GatePolicy {
  readonly approvers: readonly ApproverStep[];
  /** How long to wait, such as `2h`. Default: for ever. */
  readonly deadline?: string;
  /** Default: `park`. */
  readonly onDeadline?: OnDeadline;
  readonly autoApprove?: readonly AutoApproval[];
}

/** A gate as the configuration asks for it. */
export interface GateRule extends GatePolicy {
  readonly at: GatePlace;
}

/** Reads the section `gates` of a configuration. */
export const gateRulesSchema = z.array(gateRuleSchema).max(50, 'expected at most 50 rules').readonly();

/** The rules for one place, in the order they were written; each is a gate of its own, and all have to be passed. */
export function gateRulesAt(rules: readonly GateRule[], place: GatePlace): readonly GateRule[] {
  return rules.filter(({ at }) => at === place);
}

/** A duration such as `2h` in milliseconds, or `undefined` when it is none. */
export function durationMs(duration: string): number | undefined {
  const [, amount, unit] = DURATION_PATTERN.exec(duration) ?? [];
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') return undefined;
  return Number(amount) * UNIT_MS[unit];
}

function hasOneName({ role, person }: { readonly role?: string; readonly person?: string }): boolean {
  return (role === undefined) !== (person === undefined);
}
