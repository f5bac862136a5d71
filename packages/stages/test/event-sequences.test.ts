import { isJarvisError } from '@jarvis/core';
import type { Finding } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StageEvent } from '../src/machine/stage-event.ts';
import { StageManager } from '../src/stage-manager.ts';
import { LONG_LINE, MISSING_TITLE, REMARK } from './findings.ts';

const contentHash = fc.constantFrom('a1', 'b2');
const findings = fc.subarray<Finding>([MISSING_TITLE, LONG_LINE, REMARK]);
const audit = { contentHash, findings };
const reason = fc.constant('because');

const event: fc.Arbitrary<StageEvent> = fc.oneof(
  fc.record({ type: fc.constant('start' as const) }),
  fc.record({ type: fc.constant('deliver' as const), contentHash }),
  fc.record({ type: fc.constant('pass' as const), ...audit }),
  fc.record({ type: fc.constant('pass' as const), ...audit, acceptReason: reason }),
  fc.record({ type: fc.constant('find' as const), ...audit }),
  fc.record({ type: fc.constant('ask' as const), ...audit }),
  fc.record({ type: fc.constant('approve' as const), reason }),
  fc.record({ type: fc.constant('reject' as const), reason }),
  fc.record({ type: fc.constant('block' as const), reason }),
  fc.record({ type: fc.constant('reopen' as const), reason }),
);

const events = fc.array(event, { maxLength: 80 });

describe('any sequence of events', () => {
  it('completes a stage only when every error and warning is verified or accepted', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const stage = new StageManager();

        for (const each of sequence) {
          recordIfLegal(stage, each);

          expect(stage.state === 'completed' ? stage.verdict : 'clean').toBe('clean');
        }
      }),
    );
  });

  it('gives the same stage when the events that were taken are replayed', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const stage = new StageManager();
        const taken = sequence.filter((each) => recordIfLegal(stage, each));

        expect(StageManager.replay(taken).snapshot).toEqual(stage.snapshot);
      }),
    );
  });

  it('counts one round for each audit', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const stage = new StageManager();
        const taken = sequence.filter((each) => recordIfLegal(stage, each));

        expect(stage.rounds).toHaveLength(taken.filter((each) => 'findings' in each).length);
      }),
    );
  });

  it('is one in which every state is reached', () => {
    const seen = new Set<string>();

    fc.assert(
      fc.property(events, (sequence) => {
        const stage = new StageManager();
        sequence.forEach((each) => recordIfLegal(stage, each) && seen.add(stage.state));
      }),
      { numRuns: 300 },
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

/** A refusal must be one of ours; anything else is a fault. */
function recordIfLegal(stage: StageManager, each: StageEvent): boolean {
  try {
    stage.record(each);
    return true;
  } catch (error) {
    if (!isJarvisError(error)) {
      throw error;
    }
    return false;
  }
}
