import type { Finding, FindingSeverity } from '@jarvis/core';

import { advanceFinding } from './finding-life.ts';
import type { TrackedFinding } from './finding-life.ts';
import { findingFingerprint } from './fingerprint.ts';

const WEIGHT: Readonly<Record<FindingSeverity, number>> = { note: 0, warning: 1, error: 2 };

/**
 * Compares what an audit reports with what is known, by fingerprint, and gives the findings as they stand now: those
 * that were known, in their order, then the new ones.
 *
 * - Reported and new: open. Reported and known: it stays open, and is reopened if it counted as fixed or verified.
 * - Reported and accepted: it stays accepted, unless it has become more severe than what was accepted.
 * - Not reported any more: verified, if the content has changed since it was seen. An audit that does not repeat
 *   itself about the same content proves nothing, so there the finding stays as it was.
 *
 * `contentVersion` is the hash of the content that was audited.
 */
export function trackFindings(
  previous: readonly TrackedFinding[],
  reported: readonly Finding[],
  contentVersion: string,
): readonly TrackedFinding[] {
  const reports = mergeReports(reported);
  const known = new Set(previous.map(({ fingerprint }) => fingerprint));
  const added = [...reports].filter(([fingerprint]) => !known.has(fingerprint));

  return [
    ...previous.map((tracked) => {
      const finding = reports.get(tracked.fingerprint);
      return finding === undefined
        ? settle(tracked, contentVersion)
        : seeAgain(tracked, finding, contentVersion);
    }),
    ...added.map(([fingerprint, finding]) => ({
      fingerprint,
      finding,
      status: 'open' as const,
      seenIn: contentVersion,
    })),
  ];
}

/** Two reports of one finding are one, as severe as the more severe of them. */
function mergeReports(reported: readonly Finding[]): ReadonlyMap<string, Finding> {
  const reports = new Map<string, Finding>();
  for (const finding of reported) {
    const fingerprint = findingFingerprint(finding);
    const earlier = reports.get(fingerprint);
    if (earlier === undefined || WEIGHT[finding.severity] > WEIGHT[earlier.severity]) {
      reports.set(fingerprint, finding);
    }
  }
  return reports;
}

function seeAgain(tracked: TrackedFinding, finding: Finding, contentVersion: string): TrackedFinding {
  switch (tracked.status) {
    case 'open':
    case 'reopened':
      return { ...tracked, finding, seenIn: contentVersion };
    case 'fixed':
    case 'verified':
      return reopen(tracked, `It was ${tracked.status} and is reported again.`);
    case 'accepted':
      return WEIGHT[finding.severity] > WEIGHT[tracked.finding.severity]
        ? reopen(
            tracked,
            `It was accepted as ${tracked.finding.severity} and is reported as ${finding.severity}.`,
          )
        : { ...tracked, seenIn: contentVersion };
  }

  function reopen(closed: TrackedFinding, reason: string): TrackedFinding {
    return { ...advanceFinding(closed, { type: 'reopen', reason }), finding, seenIn: contentVersion };
  }
}

function settle(tracked: TrackedFinding, contentVersion: string): TrackedFinding {
  if (tracked.seenIn === contentVersion) {
    return tracked;
  }
  switch (tracked.status) {
    case 'open':
    case 'reopened':
      return advanceFinding(advanceFinding(tracked, { type: 'fix' }), { type: 'verify' });
    case 'fixed':
      return advanceFinding(tracked, { type: 'verify' });
    case 'verified':
    case 'accepted':
      return tracked;
  }
}
