import { describe, expect, it } from 'vitest';

import { requireMoreThanSpent } from './amendment-options.ts';

const viewOf = (spentUsd: number, inDoubtUsd: number) => ({
  nextCommand: 'jarvis resume r1',
  cost: { capUsd: 1, spentUsd, inDoubtUsd, inDoubtCalls: inDoubtUsd > 0 ? 1 : 0, calls: 2, lines: [] },
});

describe('requireMoreThanSpent', () => {
  it('tells what is spent apart from what is only set aside', () => {
    const raise = () => {
      requireMoreThanSpent(viewOf(0.5, 0.2), { capUsd: 0.4 });
    };

    expect(raise).toThrow(
      'the run has spent $0.30 and set aside $0.20 for calls that are not settled, which is more than $0.40. ' +
        'Allow it more than that.',
    );
  });

  it('says nothing of what is set aside when nothing is', () => {
    const raise = () => {
      requireMoreThanSpent(viewOf(0.5, 0), { capUsd: 0.4 });
    };

    expect(raise).toThrow(
      'the run has spent $0.50 already, which is more than $0.40. Allow it more than that.',
    );
  });

  it.each([
    ['as much as the run has spent and set aside', viewOf(0.5, 0.2), { capUsd: 0.5 }],
    ['no cap', viewOf(0.5, 0.2), { capUsd: 'unlimited' }],
    ['nothing of the cap', viewOf(0.5, 0.2), {}],
    ['a cap of a run that is over', { cost: viewOf(0.5, 0).cost }, { capUsd: 0.1 }],
  ] as const)('allows %s', (_what, view, amendment) => {
    expect(() => {
      requireMoreThanSpent(view, amendment);
    }).not.toThrow();
  });
});
