import type { Finding } from '@jarvis/core';

import { deriveVerdict } from '../cycle/derive-verdict.ts';
import type { Verdict } from '../cycle/derive-verdict.ts';
import { StaleAuditError } from '../errors.ts';
import type { StageSnapshot } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import type { AuditReport } from './audit-report.ts';
import { requireEvidence } from './evidence.ts';
import type { Downgrade, EvidenceGround } from './evidence.ts';
import { unsettledFindings } from './finding-life.ts';
import type { TrackedFinding } from './finding-life.ts';
import { trackFindings } from './track-findings.ts';

/** What an audit comes to. */
export interface ResolvedAudit {
  /** To be recorded. */
  readonly event: Extract<StageEvent, { type: 'audit' }>;
  /** Derived from the findings of the event; whatever the auditor thinks of the whole is not asked for. */
  readonly verdict: Verdict;
  readonly downgraded: readonly Downgrade[];
  /** Findings the auditor was to answer for and did not, by fingerprint. They count as still there. */
  readonly unanswered: readonly string[];
  /** Answers for findings that are not open in this stage, by fingerprint. They have no effect. */
  readonly unknown: readonly string[];
}

/**
 * Turns the report of an auditor into the event to record: what the checks found, what was known and is not said to
 * be gone, and what is new, with evidence for every error. What a check once found is for that check to answer.
 *
 * @throws {@link StaleAuditError} when the report is about other content than what was delivered last.
 */
export function resolveAudit(
  stage: StageSnapshot,
  report: AuditReport,
  ground: Omit<EvidenceGround, 'failedChecks'>,
): ResolvedAudit {
  const { contentHash } = report;
  if (stage.contentHash !== undefined && stage.contentHash !== contentHash) {
    throw new StaleAuditError({ auditedHash: contentHash, deliveredHash: stage.contentHash });
  }
  const checked = checkedFindings(stage, contentHash);
  const failedChecks = checked.filter(({ severity }) => severity === 'error').map(({ source }) => source);
  const { findings: added, downgraded } = requireEvidence(report.findings, { ...ground, failedChecks });

  const asked = findingsToAnswer(stage);
  const answers = new Map(report.answers.map(({ id, answer }) => [id, answer]));
  const left = asked.filter(({ fingerprint }) => answers.get(fingerprint) !== 'gone');
  const findings = [...checked, ...left.map(({ finding }) => finding), ...added];
  const ids = asked.map(({ fingerprint }) => fingerprint);

  return {
    event: { type: 'audit', contentHash, findings },
    verdict: verdictOf(stage, findings, contentHash),
    downgraded,
    unanswered: ids.filter((id) => !answers.has(id)),
    unknown: [...answers.keys()].filter((id) => !ids.includes(id)),
  };
}

/** The findings an auditor has to answer for: unsettled ones, less those that checks which have run again answer for. */
export function findingsToAnswer(stage: StageSnapshot): readonly TrackedFinding[] {
  const { check, contentHash } = stage;
  const hasRun = check !== undefined && check.contentHash === contentHash;
  const sources = hasRun
    ? new Set([...check.passed.map((each) => each.check), ...check.findings.map(({ source }) => source)])
    : new Set<string>();
  return unsettledFindings(stage.findings).filter(({ finding }) => !sources.has(finding.source));
}

function checkedFindings({ check }: StageSnapshot, contentHash: string): readonly Finding[] {
  return check?.contentHash === contentHash ? check.findings : [];
}

/** The verdict is that of the stage as it will stand, so the rules of its findings are not told twice. */
function verdictOf(stage: StageSnapshot, reported: readonly Finding[], contentHash: string): Verdict {
  const tracked = trackFindings(stage.findings, reported, contentHash);
  return deriveVerdict(unsettledFindings(tracked).map(({ finding }) => finding));
}
