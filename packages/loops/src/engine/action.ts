import { findingSchema } from '@jarvis/core';
import { z } from 'zod';

import { planSchema, reviewSchema } from '../agents/agent-reply.ts';

const round = z.int().positive();

/** What a mode can decide to do next. */
export const actionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prepare') }),
  z.object({ type: z.literal('plan') }),
  z.object({ type: z.literal('work'), round }),
  z.object({ type: z.literal('apply'), round }),
  z.object({ type: z.literal('check'), round }),
  z.object({ type: z.literal('review'), round }),
  z.object({ type: z.literal('commit'), round }),
]);

export type Action = Readonly<z.infer<typeof actionSchema>>;

const deliveredFileSchema = z.object({ path: z.string(), hash: z.string(), bytes: z.int().nonnegative() });

/** A file the employee handed in; its content is stored under `hash`. */
export type DeliveredFile = Readonly<z.infer<typeof deliveredFileSchema>>;

/** What came of an action, for the journal. */
export const actionResultSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prepared'), branch: z.string() }),
  z.object({ type: z.literal('planned'), plan: planSchema }),
  z.object({
    type: z.literal('worked'),
    round,
    summary: z.string(),
    files: z.array(deliveredFileSchema),
    /** Hash of the list of files the employee was shown. */
    base: z.string(),
  }),
  z.object({ type: z.literal('applied'), round, paths: z.array(z.string()) }),
  z.object({ type: z.literal('refused'), round, problems: z.array(z.string()).min(1) }),
  z.object({ type: z.literal('checked'), round, findings: z.array(findingSchema), contentHash: z.string() }),
  z.object({ type: z.literal('reviewed'), round, review: reviewSchema }),
  z.object({ type: z.literal('committed'), round, commit: z.string(), subject: z.string() }),
  z.object({ type: z.literal('not-committed'), round, reason: z.string() }),
]);

export type ActionResult = Readonly<z.infer<typeof actionResultSchema>>;
