import type { Finding } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK, trackedAs } from '../../test/findings.ts';
import type { FindingStatus, TrackedFinding } from './finding-life.ts';
import { findingFingerprint } from './fingerprint.ts';
import { trackFindings } from './track-findings.ts';

describe('trackFindings', () => {
  it('opens what is reported for the first time, after what is known', () => {
    const findings = trackFindings([trackedAs('open')], [LONG_LINE, MISSING_TITLE], 'b2');

    expect(findings.map(({ finding, status, seenIn }) => [finding.rule, status, seenIn])).toEqual([
      ['title', 'open', 'b2'],
      ['line-length', 'open', 'b2'],
    ]);
  });

  it.each<[FindingStatus, FindingStatus]>([
    ['open', 'open'],
    ['fixed', 'reopened'],
    ['verified', 'reopened'],
    ['accepted', 'accepted'],
    ['reopened', 'reopened'],
  ])('makes a finding that was %s and is reported again %s', (before, after) => {
    const [tracked] = trackFindings([trackedAs(before)], [MISSING_TITLE], 'b2');

    expect(tracked).toMatchObject({ status: after, seenIn: 'b2' });
  });

  it.each<[FindingStatus, FindingStatus]>([
    ['open', 'verified'],
    ['fixed', 'verified'],
    ['verified', 'verified'],
    ['accepted', 'accepted'],
    ['reopened', 'verified'],
  ])('makes a finding that was %s and is not reported in new content %s', (before, after) => {
    const [tracked] = trackFindings([trackedAs(before)], [], 'b2');

    expect(tracked).toMatchObject({ status: after, seenIn: 'a1' });
  });

  it.each<FindingStatus>(['open', 'fixed', 'verified', 'accepted', 'reopened'])(
    'leaves a finding %s that is not reported in the content in which it was seen',
    (status) => {
      const before = trackedAs(status);

      expect(trackFindings([before], [], 'a1')).toEqual([before]);
    },
  );

  it('takes the newest words for a finding that is still there', () => {
    const [tracked] = trackFindings([trackedAs('open', LONG_LINE)], [{ ...LONG_LINE, line: 14 }], 'b2');

    expect(tracked?.finding.line).toBe(14);
  });

  it('reopens an accepted finding that has become more severe', () => {
    const accepted = trackedAs('accepted', LONG_LINE);

    const [tracked] = trackFindings([accepted], [{ ...LONG_LINE, severity: 'error' }], 'b2');

    expect(tracked).toMatchObject({
      status: 'reopened',
      finding: { severity: 'error' },
      reason: 'It was accepted as warning and is reported as error.',
    });
  });

  it('takes two reports of one finding for one, as severe as the more severe of them', () => {
    const findings = trackFindings([], [LONG_LINE, { ...LONG_LINE, severity: 'error' }, LONG_LINE], 'a1');

    expect(findings).toHaveLength(1);
    expect(findings[0]?.finding.severity).toBe('error');
  });

  it('loses no finding and lists none twice, whatever audits report', () => {
    const finding = fc.constantFrom<Finding>(MISSING_TITLE, LONG_LINE, REMARK);
    const audits = fc.array(
      fc.record({ reported: fc.array(finding), contentVersion: fc.constantFrom('a1', 'b2', 'c3') }),
    );

    fc.assert(
      fc.property(audits, (sequence) => {
        let tracked: readonly TrackedFinding[] = [];
        const everReported = new Set<string>();

        for (const { reported, contentVersion } of sequence) {
          tracked = trackFindings(tracked, reported, contentVersion);
          reported.forEach((each) => everReported.add(findingFingerprint(each)));
          const here = new Set(reported.map(findingFingerprint));

          expect(tracked.map(({ fingerprint }) => fingerprint)).toEqual([...everReported]);
          expect(
            tracked.filter(({ status, fingerprint }) => status === 'verified' && here.has(fingerprint)),
          ).toEqual([]);
        }
      }),
    );
  });
});
