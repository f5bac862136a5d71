import { z } from 'zod';

/** `error` blocks approval, `warning` may be accepted, `note` is for the reader. */
export const findingSeveritySchema = z.enum(['error', 'warning', 'note']);

export type FindingSeverity = z.infer<typeof findingSeveritySchema>;

/** Something that is wrong with the work, as a check, an audit or a review reported it. */
export const findingSchema = z.object({
  severity: findingSeveritySchema,
  /** Who says so: the id of a check (`html`), or the role that reviewed. */
  source: z.string().min(1),
  /** The rule that was broken, when the source has named rules. */
  rule: z.string().min(1).optional(),
  description: z.string().min(1),
  file: z.string().min(1).optional(),
  /** 1-based line in `file`. */
  line: z.int().positive().optional(),
  /** The text the finding is about, word for word. */
  quote: z.string().optional(),
  /** The requirement of the plan that is not met. */
  requirement: z.string().optional(),
});

export type Finding = Readonly<z.infer<typeof findingSchema>>;
