import { isJarvisError } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decideCycle } from '../src/cycle/decide-cycle.ts';
import { evolveStage, newStage } from '../src/evolve-stage.ts';
import type { StageSnapshot } from '../src/evolve-stage.ts';
import { unsettledFindings } from '../src/findings/finding-life.ts';
import { findingFingerprint } from '../src/findings/fingerprint.ts';
import { parseStageEvent } from '../src/machine/stage-event.ts';
import type { StageEvent } from '../src/machine/stage-event.ts';
import { carryOut, PURSE } from './carry-out.ts';
import { LONG_LINE, MISSING_TITLE, REMARK } from './findings.ts';

const reason = 'because';

const LOOKS = ['a1', 'b2'].flatMap((contentHash) =>
  [[], [REMARK], [LONG_LINE], [MISSING_TITLE, LONG_LINE]].map((findings) => ({ contentHash, findings })),
);

/** Everything that may be said about a stage, fitting or not. */
const EVENTS: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'deliver', contentHash: 'b2', edits: [{ path: 'index.html', before: 'a', after: 'b' }] },
  ...LOOKS.flatMap((look): readonly StageEvent[] => [
    { type: 'check', ...look, passed: [{ check: 'html', files: [{ path: 'index.html', hash: 'b' }] }] },
    { type: 'audit', ...look },
    { type: 'ask', from: 'ladder', reason },
    { type: 'fix' },
  ]),
  { type: 'accept', fingerprints: [findingFingerprint(LONG_LINE)], reason },
  { type: 'escalate', step: 'other_instructions' },
  { type: 'escalate', step: 'split' },
  { type: 'approve', reason },
  { type: 'reject', reason },
  { type: 'complete' },
  { type: 'complete', acceptReason: reason },
  { type: 'block', reason },
  { type: 'reopen', reason },
  { type: 'remember', entry: { kind: 'note', text: 'a note' } },
];

/** Where in the events to begin looking for one that fits, step by step. */
const steps = fc.array(fc.nat({ max: EVENTS.length - 1 }), { minLength: 10, maxLength: 60 });

describe('any sequence of events', () => {
  it('completes a stage only when every error and warning is verified or accepted', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const completed = walk(sequence).filter(({ stage }) => stage.state === 'completed');

        expect(completed.flatMap(({ stage }) => unsettledFindings(stage.findings))).toEqual([]);
      }),
    );
  });

  it('gives the same stage when the events that were taken are replayed from their records', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const taken = walk(sequence);
        const records = JSON.parse(JSON.stringify(taken.map(({ event }) => event))) as readonly unknown[];

        const replayed = records.map(parseStageEvent).reduce(evolveStage, newStage);

        expect(replayed).toEqual(taken.at(-1)?.stage);
      }),
    );
  });

  it('counts one round for each audit', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const taken = walk(sequence);

        expect(taken.at(-1)?.stage.rounds).toHaveLength(
          taken.filter(({ event }) => event.type === 'audit').length,
        );
      }),
    );
  });

  it('never lets a finding skip a part of its life', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const taken = walk(sequence);
        const lives = taken.flatMap(({ stage }, index) =>
          stage.findings.flatMap(({ fingerprint, status }) => {
            const before = taken[index - 1]?.stage.findings.find((each) => each.fingerprint === fingerprint);
            return before === undefined || before.status === status ? [] : [`${before.status} ${status}`];
          }),
        );

        expect(lives.filter((life) => !LIVES.includes(life))).toEqual([]);
      }),
    );
  });

  it('always has an answer to what comes next, and the answer can be carried out', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        for (const { stage } of walk(sequence)) {
          const decision = decideCycle(stage, {}, PURSE);

          expect(decision.reason).not.toBe('');
          expect(() => carryOut(stage, decision)).not.toThrow();
        }
      }),
    );
  });

  it('is one in which every state is reached', () => {
    const seen = new Set<string>();

    fc.assert(
      fc.property(steps, (sequence) => {
        for (const { stage } of walk(sequence)) seen.add(stage.state);
      }),
      { numRuns: 200, seed: 7 },
    );

    expect([...seen].sort()).toEqual([
      'auditing',
      'awaiting_approval',
      'blocked',
      'completed',
      'deciding',
      'fixing',
      'idle',
      'working',
    ]);
  });
});

/** How the status of a finding may change from one event to the next; an audit may find open ones gone. */
const LIVES: readonly string[] = [
  'open fixed',
  'open verified',
  'open accepted',
  'fixed verified',
  'fixed accepted',
  'fixed reopened',
  'verified reopened',
  'accepted reopened',
  'reopened fixed',
  'reopened verified',
  'reopened accepted',
];

interface Taken {
  readonly event: StageEvent;
  readonly stage: StageSnapshot;
}

function walk(sequence: readonly number[]): readonly Taken[] {
  const taken: Taken[] = [];
  for (const step of sequence) taken.push(takeNextFitting(taken.at(-1)?.stage ?? newStage, step));
  return taken;
}

/** Takes the first event that fits, from this one on. A refusal must be one of ours. */
function takeNextFitting(stage: StageSnapshot, step: number): Taken {
  for (const event of [...EVENTS.slice(step), ...EVENTS.slice(0, step)]) {
    try {
      return { event, stage: evolveStage(stage, event) };
    } catch (error) {
      if (!isJarvisError(error)) throw error;
    }
  }
  throw new Error('No event fits.');
}
