import { z } from 'zod';

/** The modes a task can be given to. */
const teamSchema = z.enum(['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3']);

/** A mode a task can be given to. */
export type Team = z.infer<typeof teamSchema>;

/** What an indicator speaks for: much work, or much that can go wrong. */
const axisSchema = z.enum(['effort', 'risk']);

/** What an indicator speaks for. */
export type Axis = z.infer<typeof axisSchema>;

/** A rule that applied, and what it went by. */
const indicatorSchema = z.object({
  /** The name of the rule. */
  name: z.string().min(1),
  about: z.enum(['task', 'project', 'session']),
  axis: axisSchema,
  /** How many of the rule's steps were reached; at least one. */
  value: z.int().positive(),
  /** The points of each step; below 0 it speaks against. */
  weight: z.number(),
  /** What was counted, and the words it was found in, where there are any. Users and models wrote them. */
  evidence: z
    .array(z.object({ what: z.string(), quote: z.string().optional() }))
    .min(1)
    .readonly(),
});

/** A rule that applied, and what it went by. */
export type Indicator = Readonly<z.infer<typeof indicatorSchema>>;

/** The team for a task, as it is recorded. */
export const teamChoiceSchema = z.object({
  mode: teamSchema,
  because: z.string().min(1),
  indicators: z.array(indicatorSchema).readonly(),
});

/** The team for a task: which, why, and everything that was weighed. */
export type TeamChoice = Readonly<z.infer<typeof teamChoiceSchema>>;
