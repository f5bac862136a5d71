import type { Finding } from '@jarvis/core';

import type { AuditRound } from './cycle/detect-no-progress.ts';
import type { LadderStep } from './cycle/ladder.ts';
import { OpenFindingsError, StaleAuditError, UnknownFindingError } from './errors.ts';
import { advanceFinding, unsettledFindings } from './findings/finding-life.ts';
import type { FindingEvent, TrackedFinding } from './findings/finding-life.ts';
import { trackFindings } from './findings/track-findings.ts';
import type { StageEvent } from './machine/stage-event.ts';
import type { StageState } from './machine/stage-state.ts';
import { transition } from './machine/transition.ts';
import type { MemoryEntry } from './memory/memory-entry.ts';
import type { FileEdit } from './regression/file-edit.ts';
import type { PassedCheck } from './regression/passed-check.ts';

/** What the checks said about a content. */
export interface StageCheck {
  readonly contentHash: string;
  readonly findings: readonly Finding[];
  readonly passed: readonly PassedCheck[];
}

/** A step of the ladder that was taken, after so many audits of the stage. */
export interface Escalation {
  readonly step: LadderStep;
  readonly afterRounds: number;
}

/** A time the stage was worked on again; `source` is the later stage that broke it, if one did. */
export interface Reopening {
  readonly reason: string;
  readonly source?: string;
}

/** Everything that is known about the inside of a stage. */
export interface StageSnapshot {
  readonly state: StageState;
  /** What was delivered last. */
  readonly contentHash: string | undefined;
  /** What the last delivery changed, by hash, if it said so. */
  readonly diffHash: string | undefined;
  /** What the checks said last; it counts only when it is about what was delivered last. */
  readonly check: StageCheck | undefined;
  /** One for each audit, oldest first. */
  readonly rounds: readonly AuditRound[];
  /** How many of the rounds lie before the stage was opened last. */
  readonly pastRounds: number;
  readonly findings: readonly TrackedFinding[];
  /** The steps of the ladder that were taken since the stage was opened last. */
  readonly escalations: readonly Escalation[];
  readonly reopenings: readonly Reopening[];
  /** What every delivery changed, oldest first. */
  readonly edits: readonly FileEdit[];
  readonly memory: readonly MemoryEntry[];
  /** Why the stage was rejected, blocked or reopened, or is asked about, while nothing else was delivered. */
  readonly reason: string | undefined;
}

/** A stage to which nothing has happened yet. */
export const newStage: StageSnapshot = {
  state: 'idle',
  contentHash: undefined,
  diffHash: undefined,
  check: undefined,
  rounds: [],
  pastRounds: 0,
  findings: [],
  escalations: [],
  reopenings: [],
  edits: [],
  memory: [],
  reason: undefined,
};

type EventByType = { readonly [Event in StageEvent as Event['type']]: Event };
// Written as a lookup, so that the compiler knows which change belongs to which event.
type EventOf<Type extends StageEvent['type']> = {
  readonly [Each in Type]: EventByType[Each] & { readonly type: Each };
}[Type];
type Changes = {
  readonly [Type in StageEvent['type']]: (
    stage: StageSnapshot,
    event: EventOf<Type>,
  ) => Partial<StageSnapshot>;
};

/** What each event changes, besides the state. */
const CHANGES: Changes = {
  start: () => ({}),
  deliver: (stage, { contentHash, diffHash, edits = [] }) => ({
    contentHash,
    diffHash,
    edits: [...stage.edits, ...edits],
    findings: advanceUnsettled(stage.findings, { type: 'fix' }),
    reason: undefined,
  }),
  check: (stage, { contentHash, findings, passed }) => {
    assertCurrent(stage, contentHash);
    return { check: { contentHash, findings, passed } };
  },
  audit: afterAudit,
  fix: () => ({}),
  accept: (stage, { fingerprints, reason }) => ({ findings: acceptNamed(stage, fingerprints, reason) }),
  escalate: (stage, { step }) => escalated(stage, step),
  ask: (stage, { from, reason }) => ({ ...(from === 'ladder' ? escalated(stage, 'ask') : {}), reason }),
  approve: (stage, { reason }) => letPass(stage, reason),
  reject: (_stage, { reason }) => ({ reason }),
  complete: (stage, { acceptReason }) => letPass(stage, acceptReason),
  block: (_stage, { reason }) => ({ reason }),
  reopen: (stage, { reason, source }) => ({
    reason,
    pastRounds: stage.rounds.length,
    escalations: [],
    reopenings: [...stage.reopenings, { reason, ...(source === undefined ? {} : { source }) }],
  }),
  remember: (stage, { entry }) => ({ memory: [...stage.memory, entry] }),
};

/**
 * Gives the stage after an event; `events.reduce(evolveStage, newStage)` reads a stage back from records.
 *
 * Whatever is delivered counts as an attempt to fix what is unsettled; the audit that follows verifies or reopens it.
 *
 * @throws {@link InvalidStageTransitionError} when the event cannot happen in the present state.
 * @throws {@link StaleAuditError} when checks or an audit did not look at what was delivered last.
 * @throws {@link OpenFindingsError} when a stage would be completed with unsettled findings and without a reason.
 * @throws {@link UnknownFindingError} when a finding is accepted that the stage does not have.
 * @throws {@link InvalidFindingTransitionError} when a finding is accepted that is settled already.
 */
export function evolveStage(stage: StageSnapshot, event: StageEvent): StageSnapshot {
  const state = transition(stage.state, event);
  return { ...stage, ...change(stage, event), state };
}

function change<Type extends StageEvent['type']>(
  stage: StageSnapshot,
  event: EventOf<Type>,
): Partial<StageSnapshot> {
  return CHANGES[event.type](stage, event);
}

function afterAudit(
  stage: StageSnapshot,
  { contentHash, findings }: Extract<StageEvent, { type: 'audit' }>,
): Partial<StageSnapshot> {
  assertCurrent(stage, contentHash);
  const tracked = trackFindings(stage.findings, findings, contentHash);
  const unsettled = unsettledFindings(tracked);
  const round = {
    contentHash,
    fingerprints: unsettled.map(({ fingerprint }) => fingerprint),
    findings: unsettled.map(({ finding }) => finding),
    ...(stage.diffHash === undefined ? {} : { diffHash: stage.diffHash }),
  };
  return { findings: tracked, rounds: [...stage.rounds, round] };
}

function assertCurrent({ contentHash: deliveredHash }: StageSnapshot, auditedHash: string): void {
  if (deliveredHash !== undefined && deliveredHash !== auditedHash) {
    throw new StaleAuditError({ auditedHash, deliveredHash });
  }
}

function escalated(stage: StageSnapshot, step: LadderStep): Partial<StageSnapshot> {
  return { escalations: [...stage.escalations, { step, afterRounds: stage.rounds.length }] };
}

function acceptNamed(
  { findings }: StageSnapshot,
  fingerprints: readonly string[],
  reason: string,
): readonly TrackedFinding[] {
  const known = findings.map(({ fingerprint }) => fingerprint);
  const unknown = fingerprints.filter((fingerprint) => !known.includes(fingerprint));
  if (unknown.length > 0) throw new UnknownFindingError({ fingerprints: unknown, known });
  return findings.map((tracked) =>
    fingerprints.includes(tracked.fingerprint)
      ? advanceFinding(tracked, { type: 'accept', reason })
      : tracked,
  );
}

function letPass({ findings }: StageSnapshot, reason: string | undefined): Partial<StageSnapshot> {
  const fingerprints = unsettledFindings(findings).map(({ fingerprint }) => fingerprint);
  if (fingerprints.length === 0) return {};
  if (reason === undefined) throw new OpenFindingsError({ fingerprints });
  return { findings: advanceUnsettled(findings, { type: 'accept', reason }) };
}

function advanceUnsettled(
  findings: readonly TrackedFinding[],
  event: FindingEvent,
): readonly TrackedFinding[] {
  const unsettled = new Set(unsettledFindings(findings));

  return findings.map((tracked) => {
    // A fix that was claimed and never audited, because the stage was blocked in between, is not claimed twice.
    const isClaimed = event.type === 'fix' && tracked.status === 'fixed';

    return unsettled.has(tracked) && !isClaimed ? advanceFinding(tracked, event) : tracked;
  });
}
