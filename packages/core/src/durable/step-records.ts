import { z } from 'zod';

import { agentRoleSchema } from '../vocabulary/agent-role.ts';

const keySchema = z.record(z.string(), z.string());

/**
 * What makes a step the same step when it is asked for again: names, versions and hashes of its parts; never
 * rendered text, limits or times.
 */
export type StepKey = Readonly<z.infer<typeof keySchema>>;

const stepFacts = {
  actionId: z.string(),
  stepId: z.string(),
  ordinal: z.int().positive(),
  name: z.string(),
  key: keySchema,
};

/** A step is about to have an effect; `intent` says everything needed to carry it out again. */
const stepStartedSchema = z.object({ ...stepFacts, intent: z.unknown() });

/** A step is over; `result` is what every replay gives back. */
const stepFinishedSchema = z.object({ ...stepFacts, result: z.unknown() });

const reportedUsageSchema = z.object({
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  cacheWriteTokens: z.number().exactOptional(),
  outputTokens: z.number(),
});

/** One try to get an answer is about to be made, and its worst case has been set aside. */
const attemptOpenedSchema = z.object({
  attemptId: z.string(),
  stepId: z.string(),
  number: z.int().positive(),
  model: z.string(),
  role: agentRoleSchema,
  stage: z.string().exactOptional(),
  reservedNanoUsd: z.number(),
  outputLimit: z.number(),
});

/** A try is over, and what it cost is booked in place of the reservation. */
const attemptClosedSchema = z.object({
  attemptId: z.string(),
  stepId: z.string(),
  model: z.string(),
  role: agentRoleSchema,
  ending: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('settled'),
      bookedNanoUsd: z.number(),
      usage: reportedUsageSchema.exactOptional(),
    }),
    z.object({
      type: z.literal('failed'),
      bookedNanoUsd: z.number(),
      reason: z.string(),
      status: z.number().exactOptional(),
      waitMs: z.number().exactOptional(),
    }),
  ]),
});

/** The records steps write, by type. */
export const stepRecordSchemas = {
  'step.started': stepStartedSchema,
  'step.finished': stepFinishedSchema,
  'attempt.opened': attemptOpenedSchema,
  'attempt.closed': attemptClosedSchema,
} as const;

export type StepStarted = Readonly<z.infer<typeof stepStartedSchema>>;
export type StepFinished = Readonly<z.infer<typeof stepFinishedSchema>>;
export type AttemptOpened = Readonly<z.infer<typeof attemptOpenedSchema>>;
export type AttemptClosed = Readonly<z.infer<typeof attemptClosedSchema>>;
