import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK } from '../test/findings.ts';
import { evolveStage, newStage } from './evolve-stage.ts';
import type { StageSnapshot } from './evolve-stage.ts';
import type { StageEvent } from './machine/stage-event.ts';

const DELIVERED: readonly StageEvent[] = [{ type: 'start' }, { type: 'deliver', contentHash: 'a1' }];
const FOUND: readonly StageEvent[] = [
  ...DELIVERED,
  { type: 'find', contentHash: 'a1', findings: [MISSING_TITLE, LONG_LINE] },
];

describe('evolveStage', () => {
  it('completes a stage whose audit finds nothing but notes', () => {
    const stage = evolve(...DELIVERED, { type: 'pass', contentHash: 'a1', findings: [REMARK] });

    expect(stage.state).toBe('completed');
    expect(stage.rounds).toEqual([{ contentHash: 'a1', fingerprints: [] }]);
    expect(stage.findings.map(({ status }) => status)).toEqual(['open']);
  });

  it('counts what is delivered as a try to fix what was found', () => {
    const stage = evolve(...FOUND, { type: 'deliver', contentHash: 'b2' });

    expect(stage.state).toBe('auditing');
    expect(stage.findings.map(({ status }) => status)).toEqual(['fixed', 'fixed']);
  });

  it('verifies what is gone and reopens what is still there', () => {
    const stage = evolve(
      ...FOUND,
      { type: 'deliver', contentHash: 'b2' },
      { type: 'find', contentHash: 'b2', findings: [LONG_LINE] },
    );

    expect(stage.state).toBe('fixing');
    expect(stage.findings.map(({ finding, status }) => [finding.rule, status])).toEqual([
      ['title', 'verified'],
      ['line-length', 'reopened'],
    ]);
    expect(stage.rounds.map(({ fingerprints }) => fingerprints.length)).toEqual([2, 1]);
  });

  it('does not let a stage pass while findings are unsettled', () => {
    const stage = evolve(...DELIVERED);
    const pass: StageEvent = { type: 'pass', contentHash: 'a1', findings: [LONG_LINE] };

    expect(() => evolveStage(stage, pass)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_OPEN_FINDINGS',
        fingerprints: [expect.stringMatching(/^index\.html#line-length#/)],
      }),
    );
  });

  it('accepts what is left when there is a reason', () => {
    const acceptReason = 'the limit of audits is reached';

    const stage = evolve(...DELIVERED, {
      type: 'pass',
      contentHash: 'a1',
      findings: [LONG_LINE],
      acceptReason,
    });

    expect(stage.state).toBe('completed');
    expect(stage.findings).toMatchObject([{ status: 'accepted', reason: acceptReason }]);
  });

  it('does not believe an audit that no longer finds in the same content what was there', () => {
    const again: readonly StageEvent[] = [...FOUND, { type: 'deliver', contentHash: 'a1' }];

    expect(() => evolve(...again, { type: 'pass', contentHash: 'a1', findings: [] })).toThrow(
      'nobody has fixed or accepted index.html#title#',
    );
  });

  it('refuses an audit of other content than what was delivered', () => {
    const stage = evolve(...FOUND, { type: 'deliver', contentHash: 'b2' });

    expect(() => evolveStage(stage, { type: 'pass', contentHash: 'a1', findings: [] })).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_STALE_AUDIT', auditedHash: 'a1', deliveredHash: 'b2' }),
    );
  });

  it('accepts what is left when whoever was asked approves', () => {
    const asked: readonly StageEvent[] = [
      ...DELIVERED,
      { type: 'ask', contentHash: 'a1', findings: [MISSING_TITLE] },
    ];

    const stage = evolve(...asked, { type: 'approve', reason: 'the title comes later' });

    expect(stage.state).toBe('completed');
    expect(stage.findings).toMatchObject([{ status: 'accepted', reason: 'the title comes later' }]);
  });

  it('goes back to fixing when whoever was asked rejects, and says why until something is delivered', () => {
    const asked: readonly StageEvent[] = [
      ...DELIVERED,
      { type: 'ask', contentHash: 'a1', findings: [MISSING_TITLE] },
    ];

    const rejected = evolve(...asked, { type: 'reject', reason: 'a title is needed' });
    const delivered = evolveStage(rejected, { type: 'deliver', contentHash: 'b2' });

    expect(rejected).toMatchObject({ state: 'fixing', reason: 'a title is needed' });
    expect(delivered.reason).toBeUndefined();
  });

  it('continues a blocked stage with everything that is known about it', () => {
    const fixed: readonly StageEvent[] = [...FOUND, { type: 'deliver', contentHash: 'b2' }];

    const stage = evolve(
      ...fixed,
      { type: 'block', reason: 'the model does not answer' },
      { type: 'reopen', reason: 'it does again' },
      { type: 'deliver', contentHash: 'c3' },
    );

    expect(stage).toMatchObject({ state: 'auditing', contentHash: 'c3' });
    expect(stage.findings.map(({ status }) => status)).toEqual(['fixed', 'fixed']);
  });
});

function evolve(...events: readonly StageEvent[]): StageSnapshot {
  return events.reduce(evolveStage, newStage);
}
