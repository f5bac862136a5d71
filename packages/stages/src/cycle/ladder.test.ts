import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { climbLadder, ladderAllowance, ladderSteps } from './ladder.ts';
import type { LadderStep } from './ladder.ts';

const costNanoUsd = { other_instructions: 100, stronger_model: 400, split: 200 };

describe('climbLadder', () => {
  it('takes the steps in their order, each once', () => {
    const purse = { leftNanoUsd: 'unlimited', spentNanoUsd: 0, costNanoUsd } as const;
    const taken: LadderStep[] = [];

    while (taken.length < ladderSteps.length) {
      taken.push(climbLadder(ladderSteps, taken, purse).step ?? 'ask');
    }

    expect(taken).toEqual(ladderSteps);
    expect(climbLadder(ladderSteps, taken, purse)).toEqual({ step: undefined, skipped: [] });
  });

  it('takes only the steps there are', () => {
    const purse = { leftNanoUsd: 10_000, spentNanoUsd: 0, costNanoUsd };

    expect(climbLadder(['split', 'ask'], [], purse).step).toBe('split');
    expect(climbLadder([], [], purse).step).toBeUndefined();
  });

  it('never goes back to a step that was passed over', () => {
    const purse = { leftNanoUsd: 100_000, spentNanoUsd: 0, costNanoUsd };

    expect(climbLadder(ladderSteps, ['split'], purse).step).toBe('ask');
  });

  it('passes over what does not fit and says so', () => {
    const purse = { leftNanoUsd: 1_000, spentNanoUsd: 0, costNanoUsd };

    expect(climbLadder(ladderSteps, ['other_instructions'], purse)).toEqual({
      step: 'split',
      skipped: [{ step: 'stronger_model', costNanoUsd: 400, allowanceNanoUsd: 250 }],
    });
  });

  it('spends at most a quarter of what was left, whatever the steps cost', () => {
    const amount = fc.nat({ max: 10_000 });

    fc.assert(
      fc.property(amount, fc.tuple(amount, amount, amount), (leftAtFirst, [one, two, three]) => {
        const costs = { other_instructions: one, stronger_model: two, split: three };
        const taken: LadderStep[] = [];
        let spentNanoUsd = 0;
        for (;;) {
          const purse = { leftNanoUsd: leftAtFirst - spentNanoUsd, spentNanoUsd, costNanoUsd: costs };
          const { step } = climbLadder(ladderSteps, taken, purse);
          if (step === undefined) break;
          taken.push(step);
          spentNanoUsd += step === 'ask' ? 0 : costs[step];
        }

        expect(spentNanoUsd).toBeLessThanOrEqual(leftAtFirst / 4);
        expect(taken.at(-1)).toBe('ask');
      }),
    );
  });
});

describe('ladderAllowance', () => {
  it.each([
    [1_000, 0, 250],
    [800, 200, 50],
    [700, 300, 0],
    [0, 0, 0],
  ])('leaves of %i with %i spent %i', (leftNanoUsd, spentNanoUsd, allowance) => {
    expect(ladderAllowance({ leftNanoUsd, spentNanoUsd })).toBe(allowance);
  });

  it('is unlimited where money is', () => {
    expect(ladderAllowance({ leftNanoUsd: 'unlimited', spentNanoUsd: 5 })).toBe('unlimited');
  });
});
