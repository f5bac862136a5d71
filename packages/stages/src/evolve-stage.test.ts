import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK } from '../test/findings.ts';
import { evolveStage, newStage } from './evolve-stage.ts';
import type { StageSnapshot } from './evolve-stage.ts';
import type { StageEvent } from './machine/stage-event.ts';

const DELIVERED: readonly StageEvent[] = [{ type: 'start' }, { type: 'deliver', contentHash: 'a1' }];
const FOUND: readonly StageEvent[] = [
  ...DELIVERED,
  { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE, LONG_LINE] },
];
const FIXED: readonly StageEvent[] = [...FOUND, { type: 'fix' }, { type: 'deliver', contentHash: 'b2' }];
const ASKED: readonly StageEvent[] = [...FOUND, { type: 'ask', from: 'ladder', reason: 'errors are left' }];

describe('evolveStage', () => {
  it('completes a stage whose audit finds nothing but notes', () => {
    const stage = evolve(
      ...DELIVERED,
      { type: 'audit', contentHash: 'a1', findings: [REMARK] },
      { type: 'complete' },
    );

    expect(stage.state).toBe('completed');
    expect(stage.rounds).toEqual([{ contentHash: 'a1', fingerprints: [], findings: [] }]);
    expect(stage.findings.map(({ status }) => status)).toEqual(['open']);
  });

  it('counts what is delivered as a try to fix what was found', () => {
    const stage = evolve(...FIXED);

    expect(stage.state).toBe('auditing');
    expect(stage.findings.map(({ status }) => status)).toEqual(['fixed', 'fixed']);
  });

  it('verifies what is gone and reopens what is still there', () => {
    const stage = evolve(...FIXED, { type: 'audit', contentHash: 'b2', findings: [LONG_LINE] });

    expect(stage.state).toBe('deciding');
    expect(stage.findings.map(({ finding, status }) => [finding.rule, status])).toEqual([
      ['title', 'verified'],
      ['line-length', 'reopened'],
    ]);
    expect(stage.rounds.map(({ fingerprints }) => fingerprints.length)).toEqual([2, 1]);
  });

  it('is not completed while findings are unsettled', () => {
    const stage = evolve(...DELIVERED, { type: 'audit', contentHash: 'a1', findings: [LONG_LINE] });

    expect(() => evolveStage(stage, { type: 'complete' })).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_OPEN_FINDINGS',
        fingerprints: [expect.stringMatching(/^index\.html#line-length#/)],
      }),
    );
  });

  it('accepts what is left when there is a reason', () => {
    const acceptReason = 'the limit of audits is reached';

    const stage = evolve(...FOUND, { type: 'complete', acceptReason });

    expect(stage.state).toBe('completed');
    expect(stage.findings).toMatchObject([
      { status: 'accepted', reason: acceptReason },
      { status: 'accepted', reason: acceptReason },
    ]);
  });

  it('accepts single findings by name, and no others', () => {
    const [title, line] = evolve(...FOUND).findings.map(({ fingerprint }) => fingerprint);

    const stage = evolve(...FOUND, { type: 'accept', fingerprints: [title ?? ''], reason: 'it comes later' });

    expect(stage.findings.map(({ status }) => status)).toEqual(['accepted', 'open']);
    expect(() =>
      evolveStage(stage, { type: 'accept', fingerprints: ['other'], reason: 'it does not matter' }),
    ).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_UNKNOWN_FINDING',
        fingerprints: ['other'],
        known: [title, line],
      }),
    );
  });

  it('does not believe an audit that no longer finds in the same content what was there', () => {
    const stage = evolve(
      ...FOUND,
      { type: 'fix' },
      { type: 'deliver', contentHash: 'a1' },
      { type: 'audit', contentHash: 'a1', findings: [] },
    );

    expect(() => evolveStage(stage, { type: 'complete' })).toThrow(
      'nobody has fixed or accepted index.html#title#',
    );
  });

  it.each<StageEvent>([
    { type: 'audit', contentHash: 'a1', findings: [] },
    { type: 'check', contentHash: 'a1', findings: [], passed: [] },
  ])('refuses $type of other content than what was delivered', (event) => {
    const stage = evolve(...FIXED);

    expect(() => evolveStage(stage, event)).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_STALE_AUDIT', auditedHash: 'a1', deliveredHash: 'b2' }),
    );
  });

  it('keeps what the checks said, and takes a step of the ladder and a question down', () => {
    const passed = [{ check: 'html', files: [{ path: 'index.html', hash: 'f1' }] }];
    const stage = evolve(
      ...DELIVERED,
      { type: 'check', contentHash: 'a1', findings: [LONG_LINE], passed },
      { type: 'audit', contentHash: 'a1', findings: [LONG_LINE] },
      { type: 'escalate', step: 'split' },
      { type: 'ask', from: 'ladder', reason: 'errors are left' },
    );

    expect(stage.check).toEqual({ contentHash: 'a1', findings: [LONG_LINE], passed });
    expect(stage.escalations).toEqual([
      { step: 'split', afterRounds: 1 },
      { step: 'ask', afterRounds: 1 },
    ]);
    expect(stage.reason).toBe('errors are left');
  });

  it('does not take a gate for a step of the ladder', () => {
    expect(evolve(...FOUND, { type: 'ask', from: 'gate', reason: 'it deploys' }).escalations).toEqual([]);
  });

  it('accepts what is left when whoever was asked approves', () => {
    const stage = evolve(...ASKED, { type: 'approve', reason: 'the title comes later' });

    expect(stage.state).toBe('completed');
    expect(stage.findings).toMatchObject([{ status: 'accepted', reason: 'the title comes later' }, {}]);
  });

  it('goes back to fixing when whoever was asked rejects, and says why until something is delivered', () => {
    const rejected = evolve(...ASKED, { type: 'reject', reason: 'a title is needed' });
    const delivered = evolveStage(rejected, { type: 'deliver', contentHash: 'b2' });

    expect(rejected).toMatchObject({ state: 'fixing', reason: 'a title is needed' });
    expect(delivered.reason).toBeUndefined();
  });

  it('continues a blocked stage with everything that is known about it, and a fresh ladder', () => {
    const stage = evolve(
      ...FOUND,
      { type: 'escalate', step: 'stronger_model' },
      { type: 'block', reason: 'the model does not answer' },
      { type: 'reopen', reason: 'it does again', source: 'checkout' },
      { type: 'deliver', contentHash: 'c3' },
    );

    expect(stage).toMatchObject({ state: 'auditing', contentHash: 'c3', pastRounds: 1, escalations: [] });
    expect(stage.reopenings).toEqual([{ reason: 'it does again', source: 'checkout' }]);
    expect(stage.findings.map(({ status }) => status)).toEqual(['fixed', 'fixed']);
  });
});

function evolve(...events: readonly StageEvent[]): StageSnapshot {
  return events.reduce(evolveStage, newStage);
}
