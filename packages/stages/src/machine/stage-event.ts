import { findingSchema } from '@jarvis/core';
import type { Finding } from '@jarvis/core';
import { z } from 'zod';

import { InvalidStageEventError } from '../errors.ts';

interface Audit {
  /** The content that was looked at; it must be what was delivered last. */
  readonly contentHash: string;
  readonly findings: readonly Finding[];
}

/** What can happen to a stage. */
export type StageEvent =
  /** Work begins. */
  | { readonly type: 'start' }
  /** Work or a fix is handed in. */
  | { readonly type: 'deliver'; readonly contentHash: string }
  /** An audit lets the stage pass. With a reason, what it still found is accepted. */
  | ({ readonly type: 'pass'; readonly acceptReason?: string } & Audit)
  /** An audit found what has to be fixed. */
  | ({ readonly type: 'find' } & Audit)
  /** An audit leaves the decision to somebody at a gate. */
  | ({ readonly type: 'ask' } & Audit)
  /** Whoever was asked lets the stage pass and accepts what is left. */
  | { readonly type: 'approve'; readonly reason: string }
  /** Whoever was asked wants it fixed. */
  | { readonly type: 'reject'; readonly reason: string }
  /** The stage cannot go on. */
  | { readonly type: 'block'; readonly reason: string }
  /** The stage is worked on again, after it was completed or blocked. */
  | { readonly type: 'reopen'; readonly reason: string };

const contentHash = z.string().min(1);
const reason = z.string().trim().min(1);
const audit = { contentHash, findings: z.array(findingSchema) };

/** Parses an event that was recorded or came from outside; unknown keys are refused. */
export const stageEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('deliver'), contentHash }),
  z.strictObject({ type: z.literal('pass'), ...audit, acceptReason: reason.exactOptional() }),
  z.strictObject({ type: z.literal('find'), ...audit }),
  z.strictObject({ type: z.literal('ask'), ...audit }),
  z.strictObject({ type: z.literal('approve'), reason }),
  z.strictObject({ type: z.literal('reject'), reason }),
  z.strictObject({ type: z.literal('block'), reason }),
  z.strictObject({ type: z.literal('reopen'), reason }),
]);

/**
 * Turns a record into an event of a stage. Whether it fits the stage is decided by {@link transition}.
 *
 * @throws {@link InvalidStageEventError} with every problem at once, each with its field.
 */
export function parseStageEvent(value: unknown): StageEvent {
  const parsed = stageEventSchema.safeParse(value);

  if (!parsed.success) {
    throw new InvalidStageEventError({ problems: parsed.error.issues.map(describeProblem) });
  }
  return parsed.data;
}

function describeProblem({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}
