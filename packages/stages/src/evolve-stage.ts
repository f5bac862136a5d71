import type { AuditRound } from './cycle/detect-no-progress.ts';
import { OpenFindingsError, StaleAuditError } from './errors.ts';
import { advanceFinding, unsettledFindings } from './findings/finding-life.ts';
import type { FindingEvent, TrackedFinding } from './findings/finding-life.ts';
import { trackFindings } from './findings/track-findings.ts';
import type { StageEvent } from './machine/stage-event.ts';
import type { StageState } from './machine/stage-state.ts';
import { transition } from './machine/transition.ts';

/** Everything that is known about the inside of a stage. */
export interface StageSnapshot {
  readonly state: StageState;
  /** What was delivered last. */
  readonly contentHash: string | undefined;
  /** One for each audit, oldest first. */
  readonly rounds: readonly AuditRound[];
  readonly findings: readonly TrackedFinding[];
  /** Why the stage was rejected, blocked or reopened, while nothing else was delivered. */
  readonly reason: string | undefined;
}

type AuditEvent = Extract<StageEvent, { readonly findings: unknown }>;

/** A stage to which nothing has happened yet. */
export const newStage: StageSnapshot = {
  state: 'idle',
  contentHash: undefined,
  rounds: [],
  findings: [],
  reason: undefined,
};

/**
 * Gives the stage after an event; `events.reduce(evolveStage, newStage)` reads a stage back from records.
 *
 * Whatever is delivered counts as an attempt to fix what is unsettled; the audit that follows verifies or reopens it.
 *
 * @throws {@link InvalidStageTransitionError} when the event cannot happen in the present state.
 * @throws {@link StaleAuditError} when an audit did not look at what was delivered last.
 * @throws {@link OpenFindingsError} when a stage would pass with unsettled findings and without a reason.
 */
export function evolveStage(stage: StageSnapshot, event: StageEvent): StageSnapshot {
  const state = transition(stage.state, event);

  switch (event.type) {
    case 'start':
      return { ...stage, state };
    case 'deliver':
      return {
        ...stage,
        state,
        contentHash: event.contentHash,
        findings: advanceUnsettled(stage.findings, { type: 'fix' }),
        reason: undefined,
      };
    case 'find':
    case 'ask':
      return { ...afterAudit(stage, event), state };
    case 'pass':
      return { ...letPass(afterAudit(stage, event), event.acceptReason), state };
    case 'approve':
      return { ...letPass(stage, event.reason), state };
    case 'reject':
    case 'block':
    case 'reopen':
      return { ...stage, state, reason: event.reason };
  }
}

function afterAudit(stage: StageSnapshot, { contentHash, findings }: AuditEvent): StageSnapshot {
  if (stage.contentHash !== undefined && stage.contentHash !== contentHash) {
    throw new StaleAuditError({ auditedHash: contentHash, deliveredHash: stage.contentHash });
  }
  const tracked = trackFindings(stage.findings, findings, contentHash);
  const fingerprints = unsettledFindings(tracked).map(({ fingerprint }) => fingerprint);

  return { ...stage, findings: tracked, rounds: [...stage.rounds, { contentHash, fingerprints }] };
}

function letPass(stage: StageSnapshot, reason: string | undefined): StageSnapshot {
  const fingerprints = unsettledFindings(stage.findings).map(({ fingerprint }) => fingerprint);

  if (fingerprints.length === 0) {
    return stage;
  }
  if (reason === undefined) {
    throw new OpenFindingsError({ fingerprints });
  }
  return { ...stage, findings: advanceUnsettled(stage.findings, { type: 'accept', reason }) };
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
