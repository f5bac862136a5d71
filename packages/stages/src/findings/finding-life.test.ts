import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK, trackedAs } from '../../test/findings.ts';
import { advanceFinding, unsettledFindings } from './finding-life.ts';
import type { FindingEvent, FindingStatus } from './finding-life.ts';

const STATUSES: readonly FindingStatus[] = ['open', 'fixed', 'verified', 'accepted', 'reopened'];

const EVENTS: readonly FindingEvent[] = [
  { type: 'fix' },
  { type: 'verify' },
  { type: 'accept', reason: 'nobody reads it' },
  { type: 'reopen', reason: 'it is back' },
];

/** What is missing is refused. */
const RESULTS: Readonly<Record<string, FindingStatus>> = {
  'open fix': 'fixed',
  'open accept': 'accepted',
  'fixed verify': 'verified',
  'fixed accept': 'accepted',
  'fixed reopen': 'reopened',
  'verified reopen': 'reopened',
  'accepted reopen': 'reopened',
  'reopened fix': 'fixed',
  'reopened accept': 'accepted',
};

const PAIRS = STATUSES.flatMap((status) => EVENTS.map((event) => ({ status, event, type: event.type })));
const ALLOWED = PAIRS.filter(({ status, type }) => RESULTS[`${status} ${type}`] !== undefined);
const REFUSED = PAIRS.filter(({ status, type }) => RESULTS[`${status} ${type}`] === undefined);

describe('advanceFinding', () => {
  it.each(ALLOWED)('lets $type move on a finding that is $status', ({ status, event, type }) => {
    const next = advanceFinding(trackedAs(status), event);

    expect(next.status).toBe(RESULTS[`${status} ${type}`]);
    expect(next).toMatchObject({ finding: MISSING_TITLE, seenIn: 'a1' });
  });

  it.each(REFUSED)('refuses $type for a finding that is $status', ({ status, event, type }) => {
    const allowed = EVENTS.map((each) => each.type).filter(
      (each) => RESULTS[`${status} ${each}`] !== undefined,
    );

    expect(() => advanceFinding(trackedAs(status), event)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_INVALID_FINDING_TRANSITION',
        fingerprint: trackedAs(status).fingerprint,
        status,
        event: type,
        allowed,
      }),
    );
  });

  it('lets nothing be verified or reopened before it was fixed or settled, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 12 }), (events) => {
        let tracked = trackedAs('open');
        for (const event of events) {
          const isAllowed = RESULTS[`${tracked.status} ${event.type}`] !== undefined;
          if (!isAllowed) {
            expect(() => advanceFinding(tracked, event)).toThrow();
            continue;
          }
          const before = tracked.status;
          tracked = advanceFinding(tracked, event);

          if (tracked.status === 'verified') expect(before).toBe('fixed');
          if (tracked.status === 'reopened') expect(['fixed', 'verified', 'accepted']).toContain(before);
        }
      }),
    );
  });

  it('keeps the reason of the last decision and drops it when the finding moves on', () => {
    const accepted = advanceFinding(trackedAs('open'), { type: 'accept', reason: 'nobody reads it' });
    const reopened = advanceFinding(accepted, { type: 'reopen', reason: 'somebody does' });

    expect(accepted.reason).toBe('nobody reads it');
    expect(reopened.reason).toBe('somebody does');
    expect(advanceFinding(reopened, { type: 'fix' })).not.toHaveProperty('reason');
  });
});

describe('unsettledFindings', () => {
  it('leaves out what is verified, accepted or a note', () => {
    const findings = STATUSES.map((status) => trackedAs(status, LONG_LINE));

    const unsettled = unsettledFindings([...findings, trackedAs('open', REMARK)]);

    expect(unsettled.map(({ status }) => status)).toEqual(['open', 'fixed', 'reopened']);
  });
});
