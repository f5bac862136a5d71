import { findingSchema } from '@jarvis/core';
import { z } from 'zod';

import { auditSchema, decisionReplySchema } from '../agents/audit-reply.ts';
import { planSchema, reviewSchema } from '../agents/agent-reply.ts';
import { splitSchema } from '../agents/split-reply.ts';

const round = z.int().positive();

/** Where work belongs, in a mode with stages. */
const placeSchema = z.object({
  /** The stage it is done for. */
  stage: z.string().exactOptional(),
  /** Which pass over all stages it is part of. */
  turn: z.int().positive().exactOptional(),
  /** Which try at its stage it is. */
  cycle: z.int().positive().exactOptional(),
});

export type WorkPlace = Readonly<z.infer<typeof placeSchema>>;

/** What a mode can decide to do next. */
export const actionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prepare') }),
  z.object({ type: z.literal('plan') }),
  z.object({ type: z.literal('split') }),
  z.object({ type: z.literal('work'), round, ...placeSchema.shape }),
  /** The manager answers what the employee has asked. */
  z.object({ type: z.literal('clarify'), round }),
  z.object({ type: z.literal('apply'), round }),
  z.object({ type: z.literal('check'), round }),
  z.object({ type: z.literal('audit'), round }),
  /** What the supervisor suggests is put to the manager. */
  z.object({ type: z.literal('decide'), round }),
  /** Somebody says whether a stage may be left as it is. */
  z.object({ type: z.literal('settle'), round }),
  /** Stages that could have been touched are checked again. */
  z.object({ type: z.literal('verify'), round, stages: z.array(z.string()) }),
  z.object({ type: z.literal('review'), round }),
  z.object({ type: z.literal('prove-safety'), round }),
  z.object({ type: z.literal('commit'), round }),
]);

export type Action = Readonly<z.infer<typeof actionSchema>>;

const deliveredFileSchema = z.union([
  z.object({
    path: z.string(),
    hash: z.string(),
    bytes: z.int().nonnegative(),
    /** The file it was moved from. */
    movedFrom: z.string().exactOptional(),
  }),
  z.object({ path: z.string(), isDeleted: z.literal(true) }),
]);

const fileEditSchema = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Files an agent was told of by no more than path and size. */
const leftOutSchema = z.object({
  files: z.int().positive(),
  /** Hash of the list of them, stored as a blob. */
  listing: z.string(),
});

/** What the employee handed in for a file: its content, stored under `hash`, or that it shall be gone. */
export type DeliveredFile = Readonly<z.infer<typeof deliveredFileSchema>>;

export type LeftOut = Readonly<z.infer<typeof leftOutSchema>>;

/** What came of an action, for the journal. */
export const actionResultSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prepared'), branch: z.string() }),
  z.object({ type: z.literal('planned'), plan: planSchema }),
  z.object({ type: z.literal('split'), split: splitSchema }),
  z.object({
    type: z.literal('worked'),
    round,
    summary: z.string(),
    files: z.array(deliveredFileSchema),
    /** Hash of the list of files the employee was shown. */
    base: z.string(),
    /** Why the answer cannot be carried out; then there are no files. */
    problems: z.array(z.string()).exactOptional(),
    leftOut: leftOutSchema.exactOptional(),
    /** Files it changes whose content no commit holds and the run has not written. */
    uncommitted: z.array(z.string()).min(1).exactOptional(),
    /** What the employee has to know. */
    questions: z.array(z.string()).exactOptional(),
    /** What keeps it from going on. */
    blocker: z.string().exactOptional(),
  }),
  /** One answer for each question, and the last one for what keeps the employee from going on. */
  z.object({ type: z.literal('clarified'), round, answers: z.array(z.string()) }),
  z.object({
    type: z.literal('applied'),
    round,
    /** What was written. */
    paths: z.array(z.string()),
    deleted: z.array(z.string()).exactOptional(),
    /** Each change with what was there before and is there now, by hash. */
    edits: z.array(fileEditSchema).exactOptional(),
  }),
  z.object({ type: z.literal('refused'), round, problems: z.array(z.string()).min(1) }),
  z.object({
    type: z.literal('checked'),
    round,
    findings: z.array(findingSchema),
    contentHash: z.string(),
    /** The checks that ran. */
    ran: z.array(z.string()).exactOptional(),
  }),
  z.object({ type: z.literal('audited'), round, audit: auditSchema }),
  z.object({ type: z.literal('decided'), round, answers: decisionReplySchema.shape.answers }),
  z.object({
    type: z.literal('settled'),
    round,
    isAccepted: z.boolean(),
    by: z.string(),
    reason: z.string(),
  }),
  z.object({
    type: z.literal('verified'),
    round,
    stages: z.array(z.string()),
    findings: z.array(findingSchema),
  }),
  /** It could not be carried out, and the run goes on with something else. */
  z.object({ type: z.literal('failed'), round, reason: z.string(), message: z.string() }),
  z.object({
    type: z.literal('reviewed'),
    round,
    review: reviewSchema,
    leftOut: leftOutSchema.exactOptional(),
  }),
  z.object({ type: z.literal('safety-proved'), round, findings: z.array(findingSchema) }),
  z.object({ type: z.literal('committed'), round, commit: z.string(), subject: z.string() }),
  z.object({ type: z.literal('not-committed'), round, reason: z.string() }),
]);

export type ActionResult = Readonly<z.infer<typeof actionResultSchema>>;
