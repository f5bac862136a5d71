import { findingSchema } from '@jarvis/core';
import type { Finding } from '@jarvis/core';
import { z } from 'zod';

import { ladderSteps } from '../cycle/ladder.ts';
import type { LadderStep } from '../cycle/ladder.ts';
import { InvalidStageEventError } from '../errors.ts';
import { memoryEntrySchema } from '../memory/memory-entry.ts';
import type { MemoryEntry } from '../memory/memory-entry.ts';
import { fileEditSchema } from '../regression/file-edit.ts';
import type { FileEdit } from '../regression/file-edit.ts';
import { passedCheckSchema } from '../regression/passed-check.ts';
import type { PassedCheck } from '../regression/passed-check.ts';

interface Look {
  /** The content that was looked at; it must be what was delivered last. */
  readonly contentHash: string;
  readonly findings: readonly Finding[];
}

/** What can happen to a stage. */
export type StageEvent =
  /** Work begins. */
  | { readonly type: 'start' }
  /** Work or a fix is handed in. `diffHash` names what was changed, so that the same change is known again. */
  | {
      readonly type: 'deliver';
      readonly contentHash: string;
      readonly diffHash?: string;
      readonly edits?: readonly FileEdit[];
    }
  /** The checks have run on what was delivered: what they found, and which of them passed on which files. */
  | ({ readonly type: 'check'; readonly passed: readonly PassedCheck[] } & Look)
  /** Everything that is wrong with what was delivered, as checks and audit see it. */
  | ({ readonly type: 'audit' } & Look)
  /** What was found is to be fixed. */
  | { readonly type: 'fix' }
  /** Somebody decides to live with some of the findings, named by fingerprint. */
  | { readonly type: 'accept'; readonly fingerprints: readonly string[]; readonly reason: string }
  /** A step of the ladder is taken. The step `ask` is taken by `ask`. */
  | { readonly type: 'escalate'; readonly step: Exclude<LadderStep, 'ask'> }
  /** Somebody is asked at a gate: as the last step of the ladder, or because a gate is set around the stage. */
  | { readonly type: 'ask'; readonly from: 'ladder' | 'gate'; readonly reason: string }
  /** Whoever was asked lets the stage pass and accepts what is left. */
  | { readonly type: 'approve'; readonly reason: string }
  /** Whoever was asked wants it fixed. */
  | { readonly type: 'reject'; readonly reason: string }
  /** The stage is over. With a reason, what is unsettled is accepted. */
  | { readonly type: 'complete'; readonly acceptReason?: string }
  /** The stage cannot go on. */
  | { readonly type: 'block'; readonly reason: string }
  /** The stage is worked on again; `source` is the later stage that broke it, if one did. */
  | { readonly type: 'reopen'; readonly reason: string; readonly source?: string }
  /** Something is to be known later. */
  | { readonly type: 'remember'; readonly entry: MemoryEntry };

const hash = z.string().min(1);
const reason = z.string().trim().min(1);
const look = { contentHash: hash, findings: z.array(findingSchema) };

/** Parses an event that was recorded or came from outside; unknown keys are refused. */
export const stageEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({
    type: z.literal('deliver'),
    contentHash: hash,
    diffHash: hash.exactOptional(),
    edits: z.array(fileEditSchema).exactOptional(),
  }),
  z.strictObject({ type: z.literal('check'), ...look, passed: z.array(passedCheckSchema) }),
  z.strictObject({ type: z.literal('audit'), ...look }),
  z.strictObject({ type: z.literal('fix') }),
  z.strictObject({ type: z.literal('accept'), fingerprints: z.array(z.string().min(1)).min(1), reason }),
  z.strictObject({ type: z.literal('escalate'), step: z.enum(ladderSteps).exclude(['ask']) }),
  z.strictObject({ type: z.literal('ask'), from: z.enum(['ladder', 'gate']), reason }),
  z.strictObject({ type: z.literal('approve'), reason }),
  z.strictObject({ type: z.literal('reject'), reason }),
  z.strictObject({ type: z.literal('complete'), acceptReason: reason.exactOptional() }),
  z.strictObject({ type: z.literal('block'), reason }),
  z.strictObject({ type: z.literal('reopen'), reason, source: z.string().min(1).exactOptional() }),
  z.strictObject({ type: z.literal('remember'), entry: memoryEntrySchema }),
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

export function describeProblem({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}
