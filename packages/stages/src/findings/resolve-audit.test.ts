import type { Finding } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK } from '../../test/findings.ts';
import { evolveStage, newStage } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import { parseAuditReport } from './audit-report.ts';
import { findingFingerprint } from './fingerprint.ts';
import { findingsToAnswer, resolveAudit } from './resolve-audit.ts';

const STYLE: Finding = { ...LONG_LINE, source: 'supervisor' };
const id = findingFingerprint(STYLE);
/** The title is what a check found; the long line is what the auditor found. Both were to be fixed. */
const FIXED: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'check', contentHash: 'a1', findings: [MISSING_TITLE], passed: [] },
  { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE, STYLE] },
  { type: 'fix' },
  { type: 'deliver', contentHash: 'b2' },
];
const CHECKED: StageEvent = {
  type: 'check',
  contentHash: 'b2',
  findings: [],
  passed: [{ check: 'html', files: [] }],
};
const stage = [...FIXED, CHECKED].reduce(evolveStage, newStage);

describe('resolveAudit', () => {
  it('is clean when what was found is gone, and what a check found passes it now', () => {
    const resolved = resolveAudit(
      stage,
      { contentHash: 'b2', answers: [{ id, answer: 'gone' }], findings: [REMARK] },
      { requirements: [] },
    );
    const after = evolveStage(stage, resolved.event);

    expect(resolved).toMatchObject({ verdict: 'clean', unanswered: [], unknown: [], downgraded: [] });
    expect(after.findings.map(({ status }) => status)).toEqual(['verified', 'verified', 'open']);
  });

  it('keeps what is still there, or was not answered, and ignores answers to what was not asked', () => {
    const stillThere = resolveAudit(
      stage,
      { contentHash: 'b2', answers: [{ id, answer: 'still_there' }], findings: [] },
      { requirements: [] },
    );
    const silent = resolveAudit(
      stage,
      { contentHash: 'b2', answers: [{ id: 'made-up', answer: 'gone' }], findings: [] },
      { requirements: [] },
    );

    expect(stillThere).toMatchObject({ verdict: 'warnings', unanswered: [] });
    expect(silent).toMatchObject({ verdict: 'warnings', unanswered: [id], unknown: ['made-up'] });
    expect(silent.event.findings).toEqual([STYLE]);
  });

  it('does not believe that something is gone which the same report finds again', () => {
    const { verdict } = resolveAudit(
      stage,
      { contentHash: 'b2', answers: [{ id, answer: 'gone' }], findings: [STYLE] },
      { requirements: [] },
    );

    expect(verdict).toBe('warnings');
  });

  it('does not believe that something is gone from content that has not changed', () => {
    const same = [...FIXED.slice(0, -1), { type: 'deliver', contentHash: 'a1' } as const].reduce(
      evolveStage,
      newStage,
    );

    const { verdict } = resolveAudit(
      same,
      { contentHash: 'a1', answers: [{ id, answer: 'gone' }], findings: [] },
      { requirements: [] },
    );

    expect(verdict).toBe('errors');
  });

  it('does not let an auditor make an error of what was accepted as a warning, without evidence', () => {
    const accepted = [
      ...FIXED.slice(0, 4),
      { type: 'accept', fingerprints: [id], reason: 'nobody reads it' } as const,
      ...FIXED.slice(4),
      CHECKED,
    ].reduce(evolveStage, newStage);
    const worse: Finding = { ...STYLE, severity: 'error' };

    const resolved = resolveAudit(
      accepted,
      { contentHash: 'b2', answers: [], findings: [worse] },
      { requirements: ['Lines are short.'] },
    );

    expect(resolved.downgraded).toEqual([{ finding: worse, lacks: 'basis' }]);
    expect(resolved.verdict).toBe('clean');
  });

  it('refuses a report about older content', () => {
    expect(() =>
      resolveAudit(stage, { contentHash: 'a1', answers: [], findings: [] }, { requirements: [] }),
    ).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_STALE_AUDIT', auditedHash: 'a1', deliveredHash: 'b2' }),
    );
  });
});

describe('findingsToAnswer', () => {
  it('leaves out what checks answer for that have run again', () => {
    const unchecked = FIXED.reduce(evolveStage, newStage);

    expect(findingsToAnswer(unchecked).map(({ finding }) => finding.rule)).toEqual(['title', 'line-length']);
    expect(findingsToAnswer(stage).map(({ finding }) => finding.rule)).toEqual(['line-length']);
  });
});

describe('parseAuditReport', () => {
  it('reads a report', () => {
    const report = { contentHash: 'a1', answers: [{ id: 'x', answer: 'gone' }], findings: [REMARK] };

    expect(parseAuditReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('takes no verdict, and names every field that is wrong', () => {
    expect(() =>
      parseAuditReport({
        contentHash: '',
        answers: [{ id: 'x', answer: 'ok' }],
        findings: [],
        verdict: 'ok',
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_INVALID_AUDIT_REPORT',
        problems: [
          expect.stringMatching(/^contentHash: /),
          expect.stringMatching(/^answers\.0\.answer: /),
          expect.stringContaining('"verdict"'),
        ],
      }),
    );
  });
});
