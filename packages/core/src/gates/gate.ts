import { z } from 'zod';

import { gateFactsSchema } from './condition.ts';
import { approverStepSchema, type Seat, seatSchema } from './gate-rule.ts';

/** The most characters, as JSON, a gate shows. What it asks about may be larger; the hash covers all of it. */
export const maxShownLength = 20_000;

const idSchema = z.string().min(1).max(200);
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/u, 'expected a SHA-256');
/** Up to the last moment a date can be written for. */
const momentSchema = z.int().min(0).max(8_640_000_000_000_000);

/** Why nobody has to be asked. */
const passedSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('rule'), rule: z.int().min(0), because: z.string() }),
    z.strictObject({ type: z.literal('no-step-applies') }),
  ])
  .readonly();

/** Reads what a person is shown. */
export const shownSchema = z
  .json()
  .refine(
    (shown) => JSON.stringify(shown).length <= maxShownLength,
    `expected at most ${String(maxShownLength)} characters`,
  );

/** A gate as it was opened: everything a decision about it depends on. */
const gateOpenedSchema = z
  .strictObject({
    id: idSchema,
    /** What it is about: one of the places of the configuration, or a word of the mode. */
    kind: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/u, 'expected a word in lower case'),
    /** SHA-256 of what is asked about. */
    subjectHash: hashSchema,
    /** What a person is shown, as JSON. */
    shown: shownSchema,
    facts: gateFactsSchema,
    /** The steps that apply. */
    approvers: z.array(approverStepSchema).max(10).readonly(),
    openedAtMs: momentSchema,
    /** Decision clock, milliseconds since 1970 UTC. Left out: no deadline. */
    deadlineMs: momentSchema.exactOptional(),
    onDeadline: z.union([z.literal('park'), z.strictObject({ escalateTo: seatSchema }).readonly()]),
    /** Set when it approved itself. */
    passed: passedSchema.exactOptional(),
    /** The gate it takes the place of, because what that one asked about has changed. */
    supersedes: idSchema.exactOptional(),
  })
  .readonly();

/** What one person says about a gate. */
export const gateDecisionSchema = z
  .strictObject({
    id: idSchema,
    gateId: idSchema,
    /** The person. */
    by: z.string().trim().min(1).max(100),
    /** The role the person decides in. */
    role: z.string().trim().min(1).max(100),
    verdict: z.enum(['approve', 'reject']),
    reason: z.string().max(2_000).exactOptional(),
    /** The hash of what the person was shown. */
    subjectHash: hashSchema,
    atMs: momentSchema,
  })
  .readonly();

/** A decision about a gate, as it is posted to the run. */
export type GateDecision = z.infer<typeof gateDecisionSchema>;

const momentOfGateSchema = z.strictObject({ gateId: idSchema, atMs: momentSchema }).readonly();

/** The records gates write, by type. A decision is recorded as it came; the fold tells whether it counts. */
export const gateRecordSchemas = {
  'gate.opened': gateOpenedSchema,
  'gate.decided': gateDecisionSchema,
  /** The deadline has passed, and the gate is closed. */
  'gate.expired': momentOfGateSchema,
  /** The deadline has passed, and somebody else decides. */
  'gate.escalated': momentOfGateSchema,
  /** What it asked about is not going to happen. */
  'gate.closed': z
    .strictObject({ ...momentOfGateSchema.unwrap().shape, reason: z.string().max(2_000) })
    .readonly(),
} as const;

type GateRecordData = {
  readonly [Type in keyof typeof gateRecordSchemas]: z.infer<(typeof gateRecordSchemas)[Type]>;
};

/** A record of a gate, as far as the fold looks at it. */
export type GateRecord = {
  readonly [Type in keyof GateRecordData]: { readonly type: Type; readonly data: GateRecordData[Type] };
}[keyof GateRecordData];

/** A decision that counts, and the step it counts for. An escalation comes after the last step. */
export interface CountedDecision extends GateDecision {
  readonly step: number;
}

/** A question to people, bound to what they were shown. Changed only by {@link evolveGates} and what it is made of. */
export interface Gate extends Readonly<z.infer<typeof gateOpenedSchema>> {
  /** The decisions that count, in order. */
  readonly decisions: readonly CountedDecision[];
  /** When it was closed for lack of a decision. */
  readonly expiredAtMs?: number;
  /** When it was handed over to the seat named by `onDeadline`. */
  readonly escalatedAtMs?: number;
  /** When and why nobody has to answer any more: what it asked about is not going to happen. */
  readonly closed?: { readonly atMs: number; readonly reason: string };
  /** The gate that asks in its place, about what has changed since. */
  readonly supersededBy?: string;
}

/** `open` and `escalated` wait for a decision, the others are final. */
export type GateStatus = 'open' | 'approved' | 'rejected' | 'expired' | 'escalated' | 'superseded' | 'moot';

/** How a gate stands. */
export function gateStatus(gate: Gate): GateStatus {
  if (gate.passed !== undefined) return 'approved';
  if (gate.decisions.some(({ verdict }) => verdict === 'reject')) return 'rejected';
  if (gate.supersededBy !== undefined) return 'superseded';
  if (gate.closed !== undefined) return 'moot';
  if (gate.expiredAtMs !== undefined) return 'expired';
  if (waitingStep(gate) === undefined) return 'approved';
  return gate.escalatedAtMs === undefined ? 'open' : 'escalated';
}

/** Whom a gate waits for. */
export interface WaitingStep {
  readonly step: number;
  readonly seat: Seat;
  /** How many more have to approve. */
  readonly missing: number;
}

/** The step that is not complete; `undefined` when enough people have approved. */
export function waitingStep({
  approvers,
  decisions,
  escalatedAtMs,
  onDeadline,
}: Gate): WaitingStep | undefined {
  const countAt = (step: number) =>
    decisions.filter((decision) => decision.step === step && decision.verdict === 'approve').length;
  if (escalatedAtMs !== undefined && onDeadline !== 'park') {
    const step = approvers.length;
    return countAt(step) > 0 ? undefined : { step, seat: onDeadline.escalateTo, missing: 1 };
  }
  const waiting = approvers.map(({ role, person, needed = 1 }, step) => ({
    step,
    seat: { ...(role === undefined ? {} : { role }), ...(person === undefined ? {} : { person }) },
    missing: needed - countAt(step),
  }));
  return waiting.find(({ missing }) => missing > 0);
}
