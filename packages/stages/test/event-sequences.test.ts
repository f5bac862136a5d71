import { isJarvisError } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StageEvent } from '../src/machine/stage-event.ts';
import { StageManager } from '../src/stage-manager.ts';
import { LONG_LINE, MISSING_TITLE, REMARK } from './findings.ts';

const reason = 'because';

const AUDITS = ['a1', 'b2'].flatMap((contentHash) =>
  [[], [REMARK], [LONG_LINE], [MISSING_TITLE, LONG_LINE]].map((findings) => ({ contentHash, findings })),
);

/** Everything that may be said about a stage, fitting or not. */
const EVENTS: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'deliver', contentHash: 'b2' },
  ...AUDITS.flatMap((audit): readonly StageEvent[] => [
    { type: 'pass', ...audit },
    { type: 'find', ...audit },
    { type: 'ask', ...audit },
    { type: 'pass', ...audit, acceptReason: reason },
  ]),
  { type: 'approve', reason },
  { type: 'reject', reason },
  { type: 'block', reason },
  { type: 'reopen', reason },
];

/** Where in the events to begin looking for one that fits, step by step. */
const steps = fc.array(fc.nat({ max: EVENTS.length - 1 }), { minLength: 10, maxLength: 60 });

describe('any sequence of events', () => {
  it('completes a stage only when every error and warning is verified or accepted', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const stage = new StageManager();

        for (const step of sequence) {
          recordNextFitting(stage, step);

          expect(stage.state === 'completed' ? stage.verdict : 'clean').toBe('clean');
        }
      }),
    );
  });

  it('gives the same stage when the events that were taken are replayed', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const stage = new StageManager();
        const taken = sequence.flatMap((step) => recordNextFitting(stage, step));

        expect(StageManager.replay(taken).snapshot).toEqual(stage.snapshot);
      }),
    );
  });

  it('counts one round for each audit', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const stage = new StageManager();
        const taken = sequence.flatMap((step) => recordNextFitting(stage, step));

        expect(stage.rounds).toHaveLength(taken.filter((each) => 'findings' in each).length);
      }),
    );
  });

  it('is one in which every state is reached', () => {
    const seen = new Set<string>();

    fc.assert(
      fc.property(steps, (sequence) => {
        const stage = new StageManager();
        for (const step of sequence) {
          recordNextFitting(stage, step);
          seen.add(stage.state);
        }
      }),
      { numRuns: 100, seed: 7 },
    );

    expect([...seen].sort()).toEqual([
      'auditing',
      'awaiting_approval',
      'blocked',
      'completed',
      'fixing',
      'working',
    ]);
  });
});

/** Records the first event that fits, from this one on. A refusal must be one of ours and must change nothing. */
function recordNextFitting(stage: StageManager, step: number): readonly StageEvent[] {
  const before = stage.snapshot;
  const events = [...EVENTS.slice(step), ...EVENTS.slice(0, step)];

  const recorded = events.find((event) => {
    try {
      return stage.record(event) !== before;
    } catch (error) {
      if (!isJarvisError(error) || stage.snapshot !== before) {
        throw error;
      }
      return false;
    }
  });
  expect(recorded).toBeDefined();
  return recorded === undefined ? [] : [recorded];
}
