import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { followCycle, PURSE } from '../../test/carry-out.ts';
import type { Turn } from '../../test/carry-out.ts';
import { LONG_LINE, MISSING_TITLE } from '../../test/findings.ts';
import { evolveStage, newStage } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import { decideCycle } from './decide-cycle.ts';
import type { CycleDecision } from './decide-cycle.ts';

const CLEAN = turnOf('clean');
/** Always something else is wrong, so only the number of audits ends it. */
const WRONG = [0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
  turnOf(`wrong ${String(index)}`, {
    ...MISSING_TITLE,
    quote: 'abcdefgh'.charAt(index),
    rule: `r${String(index)}`,
  }),
);

describe('decideCycle', () => {
  it('goes from work over checks and audit to the end when nothing is wrong', () => {
    expect(typesOf(followCycle([CLEAN]))).toEqual(['work', 'check', 'audit', 'complete', 'over']);
  });

  it('has findings fixed, checked and audited again', () => {
    const decisions = followCycle([turnOf('a1', MISSING_TITLE), CLEAN]);

    expect(typesOf(decisions).slice(3)).toEqual(['fix', 'check', 'audit', 'complete', 'over']);
    expect(decisions[3]).toMatchObject({
      approach: 'usual',
      fingerprints: [expect.stringMatching(/^index\.html#title#/)],
    });
  });

  it('climbs the ladder when audits are used up and errors are left, and then gives up', () => {
    const decisions = followCycle(WRONG, { maxAudits: 2 });
    const steps = decisions.flatMap((decision) => (decision.type === 'escalate' ? [decision.step] : []));

    expect(steps).toEqual(['other_instructions', 'stronger_model', 'split', 'ask']);
    expect(decisions.flatMap((decision) => (decision.type === 'fix' ? [decision.approach] : []))).toEqual([
      'usual',
      'other_instructions',
      'stronger_model',
    ]);
    expect(typesOf(decisions).slice(-6)).toEqual(['escalate', 'wait', 'check', 'audit', 'block', 'over']);
    expect(decisions.at(-1)?.reason).toBe(
      'After 5 audits, no more are allowed. No step of the ladder is left.',
    );
  });

  it('climbs the ladder before the audits are used up when they lead nowhere', () => {
    const same = [0, 1, 2].map(() => turnOf('a1', MISSING_TITLE));

    const decision = followCycle(same, { maxAudits: 9 }).at(-2);

    expect(followCycle(same, { maxAudits: 9 }).filter(({ type }) => type === 'audit')).toHaveLength(3);
    expect(decision).toMatchObject({
      type: 'escalate',
      step: 'other_instructions',
      reason: 'The last 3 audits made no progress. Errors are left.',
    });
  });

  it('accepts warnings that are left', () => {
    const decisions = followCycle([turnOf('a1', LONG_LINE)], { maxAudits: 1 });

    expect(decisions.at(-2)).toMatchObject({
      type: 'completeWithAccepted',
      fingerprints: [expect.stringMatching(/#line-length#/)],
      reason: 'After 1 audits, no more are allowed. Only warnings are left.',
    });
  });

  it('accepts errors, too, where that is the policy', () => {
    const decisions = followCycle([turnOf('a1', MISSING_TITLE)], { maxAudits: 1, onAuditLimit: 'accept' });

    expect(decisions.at(-2)).toMatchObject({
      type: 'completeWithAccepted',
      reason: 'After 1 audits, no more are allowed. What is left is accepted.',
    });
  });

  it('passes over what the ladder may not spend, and asks', () => {
    const purse = { ...PURSE, leftNanoUsd: 3_999 };

    const decisions = followCycle(WRONG.slice(0, 1), { maxAudits: 1 }, purse);

    expect(decisions.at(-2)).toMatchObject({
      type: 'escalate',
      step: 'ask',
      skipped: [
        { step: 'other_instructions', costNanoUsd: 1_000, allowanceNanoUsd: 999 },
        { step: 'stronger_model' },
        { step: 'split' },
      ],
    });
  });

  it('counts audits anew when a stage is reopened, and has its ladder again', () => {
    const events: readonly StageEvent[] = [
      { type: 'start' },
      { type: 'deliver', contentHash: 'a1' },
      { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE] },
      { type: 'escalate', step: 'stronger_model' },
      { type: 'block', reason: 'nothing helps' },
      { type: 'reopen', reason: 'there is a better model' },
      { type: 'deliver', contentHash: 'b2' },
      { type: 'audit', contentHash: 'b2', findings: [MISSING_TITLE] },
    ];

    const decision = decideCycle(events.reduce(evolveStage, newStage), { maxAudits: 2 }, PURSE);

    expect(decision).toMatchObject({ type: 'fix', approach: 'usual' });
  });

  it('comes to an end, whatever the audits find', () => {
    const finding = fc.constantFrom(MISSING_TITLE, LONG_LINE);
    const turn = fc.record({
      contentHash: fc.constantFrom('a', 'b', 'c', 'd'),
      findings: fc.array(finding, { maxLength: 2 }),
    });
    const limits = fc.record({
      maxAudits: fc.integer({ min: 1, max: 5 }),
      auditsPerStep: fc.integer({ min: 1, max: 3 }),
    });

    fc.assert(
      fc.property(fc.array(turn, { minLength: 30, maxLength: 30 }), limits, (turns, written) => {
        const decisions = followCycle(turns, written);
        const audits = decisions.filter(({ type }) => type === 'audit').length;

        expect(decisions.at(-1)?.type).toBe('over');
        // Two steps of the ladder earn audits, and who is asked may reject once.
        expect(audits).toBeLessThanOrEqual(written.maxAudits + 2 * written.auditsPerStep + 1);
      }),
    );
  });

  it.each([{ maxAudits: 0 }, { auditsPerStep: 0 }, { maxReopens: -1 }, { maxAudits: 1.5 }])(
    'refuses limits that mean nothing: %j',
    (limits) => {
      expect(() => decideCycle(newStage, limits, PURSE)).toThrow(
        expect.objectContaining({ code: 'JARVIS_STAGES_INVALID_LIMIT', limit: Object.keys(limits)[0] }),
      );
    },
  );
});

function turnOf(contentHash: string, ...findings: NonNullable<Turn['findings']>): Turn {
  return { contentHash, findings };
}

function typesOf(decisions: readonly CycleDecision[]): readonly string[] {
  return decisions.map(({ type }) => type);
}
