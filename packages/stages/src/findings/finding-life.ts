import type { Finding } from '@jarvis/core';

import { InvalidFindingTransitionError } from '../errors.ts';

/** Where a finding is in its life: only `verified` and `accepted` need nobody's attention. */
export type FindingStatus = 'open' | 'fixed' | 'verified' | 'accepted' | 'reopened';

/** What can happen to a finding. */
export type FindingEvent =
  /** Somebody says that it is repaired. */
  | { readonly type: 'fix' }
  /** A later look does not find it any more. */
  | { readonly type: 'verify' }
  /** Somebody decides to live with it. */
  | { readonly type: 'accept'; readonly reason: string }
  /** It is there again, or still. */
  | { readonly type: 'reopen'; readonly reason: string };

/** A finding and what became of it. */
export interface TrackedFinding {
  /** See {@link findingFingerprint}. */
  readonly fingerprint: string;
  /** As it was reported last. */
  readonly finding: Finding;
  readonly status: FindingStatus;
  /** The content in which it was reported last, by hash. */
  readonly seenIn: string;
  /** Why it was accepted or reopened. */
  readonly reason?: string;
}

type Answers = Readonly<Record<FindingEvent['type'], FindingStatus | 'refused'>>;

const LIFE: Readonly<Record<FindingStatus, Answers>> = {
  open: { fix: 'fixed', verify: 'refused', accept: 'accepted', reopen: 'refused' },
  fixed: { fix: 'refused', verify: 'verified', accept: 'accepted', reopen: 'reopened' },
  verified: { fix: 'refused', verify: 'refused', accept: 'refused', reopen: 'reopened' },
  accepted: { fix: 'refused', verify: 'refused', accept: 'refused', reopen: 'reopened' },
  reopened: { fix: 'fixed', verify: 'refused', accept: 'accepted', reopen: 'refused' },
};

const EVENTS = ['fix', 'verify', 'accept', 'reopen'] as const satisfies readonly FindingEvent['type'][];

/**
 * Moves a finding on in its life: open → fixed → verified, or accepted, or reopened.
 *
 * @throws {@link InvalidFindingTransitionError} when the event cannot happen to a finding in this status.
 */
export function advanceFinding(tracked: TrackedFinding, event: FindingEvent): TrackedFinding {
  const { fingerprint, finding, status, seenIn } = tracked;
  const next = LIFE[status][event.type];

  if (next === 'refused') {
    const allowed = EVENTS.filter((type) => LIFE[status][type] !== 'refused');
    throw new InvalidFindingTransitionError({ fingerprint, status, event: event.type, allowed });
  }
  return {
    fingerprint,
    finding,
    status: next,
    seenIn,
    ...('reason' in event ? { reason: event.reason } : {}),
  };
}

/** The findings that keep a stage from passing: errors and warnings that are neither verified nor accepted. */
export function unsettledFindings(findings: readonly TrackedFinding[]): readonly TrackedFinding[] {
  return findings.filter(
    ({ status, finding }) => status !== 'verified' && status !== 'accepted' && finding.severity !== 'note',
  );
}
