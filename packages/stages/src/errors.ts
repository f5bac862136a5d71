import { JarvisError } from '@jarvis/core';

import type { FindingEvent, FindingStatus } from './findings/finding-life.ts';
import type { StageEvent } from './machine/stage-event.ts';
import type { StageState } from './machine/stage-state.ts';

/** Something happened to a stage that cannot happen in its present state. */
export class InvalidStageTransitionError extends JarvisError<'JARVIS_STAGES_INVALID_TRANSITION'> {
  readonly code = 'JARVIS_STAGES_INVALID_TRANSITION';
  readonly state: StageState;
  readonly event: StageEvent['type'];
  readonly allowed: readonly StageEvent['type'][];

  constructor({ state, event, allowed }: StageTransitionFacts) {
    super(
      `A stage that is ${state} does not take "${event}". Record one of these instead: ${allowed.join(', ')}.`,
    );
    this.state = state;
    this.event = event;
    this.allowed = allowed;
  }
}

interface StageTransitionFacts {
  readonly state: StageState;
  readonly event: StageEvent['type'];
  readonly allowed: readonly StageEvent['type'][];
}

/** Something happened to a finding that cannot happen in its present status. */
export class InvalidFindingTransitionError extends JarvisError<'JARVIS_STAGES_INVALID_FINDING_TRANSITION'> {
  readonly code = 'JARVIS_STAGES_INVALID_FINDING_TRANSITION';
  readonly fingerprint: string;
  readonly status: FindingStatus;
  readonly event: FindingEvent['type'];
  readonly allowed: readonly FindingEvent['type'][];

  constructor({ fingerprint, status, event, allowed }: FindingTransitionFacts) {
    super(
      `Finding ${fingerprint} is ${status} and does not take "${event}". ` +
        `Use one of these instead: ${allowed.join(', ')}.`,
    );
    this.fingerprint = fingerprint;
    this.status = status;
    this.event = event;
    this.allowed = allowed;
  }
}

interface FindingTransitionFacts {
  readonly fingerprint: string;
  readonly status: FindingStatus;
  readonly event: FindingEvent['type'];
  readonly allowed: readonly FindingEvent['type'][];
}

/** Checks or an audit looked at other content than what was delivered last, which says nothing about the stage. */
export class StaleAuditError extends JarvisError<'JARVIS_STAGES_STALE_AUDIT'> {
  readonly code = 'JARVIS_STAGES_STALE_AUDIT';
  readonly auditedHash: string;
  readonly deliveredHash: string;

  constructor({
    auditedHash,
    deliveredHash,
  }: {
    readonly auditedHash: string;
    readonly deliveredHash: string;
  }) {
    super(
      `What was looked at is content ${auditedHash}, but ${deliveredHash} was delivered. Check and audit what was delivered.`,
    );
    this.auditedHash = auditedHash;
    this.deliveredHash = deliveredHash;
  }
}

/** A stage cannot be completed while findings are left that nobody fixed or accepted. */
export class OpenFindingsError extends JarvisError<'JARVIS_STAGES_OPEN_FINDINGS'> {
  readonly code = 'JARVIS_STAGES_OPEN_FINDINGS';
  readonly fingerprints: readonly string[];

  constructor({ fingerprints }: { readonly fingerprints: readonly string[] }) {
    super(
      `The stage cannot be completed: nobody has fixed or accepted ${fingerprints.join(', ')}. ` +
        'Have them fixed, or complete it with an acceptReason.',
    );
    this.fingerprints = fingerprints;
  }
}

/** Somebody names findings that the stage does not have. */
export class UnknownFindingError extends JarvisError<'JARVIS_STAGES_UNKNOWN_FINDING'> {
  readonly code = 'JARVIS_STAGES_UNKNOWN_FINDING';
  readonly fingerprints: readonly string[];
  readonly known: readonly string[];

  constructor({
    fingerprints,
    known,
  }: {
    readonly fingerprints: readonly string[];
    readonly known: readonly string[];
  }) {
    const choice = known.length === 0 ? 'It has none.' : `Name some of these: ${known.join(', ')}.`;
    super(`The stage has no finding ${fingerprints.join(', ')}. ${choice}`);
    this.fingerprints = fingerprints;
    this.known = known;
  }
}

/** Nothing was ever recorded about a stage of that id. */
export class UnknownStageError extends JarvisError<'JARVIS_STAGES_UNKNOWN_STAGE'> {
  readonly code = 'JARVIS_STAGES_UNKNOWN_STAGE';
  readonly stageId: string;
  readonly known: readonly string[];

  constructor({ stageId, known }: { readonly stageId: string; readonly known: readonly string[] }) {
    const choice =
      known.length === 0 ? 'Nothing is recorded yet.' : `Ask for one of these: ${known.join(', ')}.`;
    super(`Nothing is recorded about stage ${stageId}. ${choice}`);
    this.stageId = stageId;
    this.known = known;
  }
}

/** A limit is too small to mean anything. */
export class InvalidLimitError extends JarvisError<'JARVIS_STAGES_INVALID_LIMIT'> {
  readonly code = 'JARVIS_STAGES_INVALID_LIMIT';
  readonly limit: string;
  readonly value: number;
  readonly minimum: number;

  constructor({
    limit,
    value,
    minimum,
  }: {
    readonly limit: string;
    readonly value: number;
    readonly minimum: number;
  }) {
    super(`The limit "${limit}" is ${String(value)}. Use a whole number of at least ${String(minimum)}.`);
    this.limit = limit;
    this.value = value;
    this.minimum = minimum;
  }
}

/** What came from outside is not an event of a stage: each problem names its field. */
export class InvalidStageEventError extends JarvisError<'JARVIS_STAGES_INVALID_EVENT'> {
  readonly code = 'JARVIS_STAGES_INVALID_EVENT';
  readonly problems: readonly string[];

  constructor({ problems }: { readonly problems: readonly string[] }) {
    super(
      `This is not an event of a stage: ${problems.join('; ')}. Correct these fields and record it again.`,
    );
    this.problems = problems;
  }
}

/** What an auditor answered is not a report: each problem names its field. */
export class InvalidAuditReportError extends JarvisError<'JARVIS_STAGES_INVALID_AUDIT_REPORT'> {
  readonly code = 'JARVIS_STAGES_INVALID_AUDIT_REPORT';
  readonly problems: readonly string[];

  constructor({ problems }: { readonly problems: readonly string[] }) {
    super(
      `This is not the report of an audit: ${problems.join('; ')}. Ask the auditor to correct these fields.`,
    );
    this.problems = problems;
  }
}
