import { describe, expect, it } from 'vitest';

import { CostCapReachedError, UnknownPriceError } from './cost-errors.ts';

describe('the errors of money', () => {
  it('say what the next call needs, what is left, and what to do', () => {
    const error = new CostCapReachedError({ needed: 120_000_000, available: 50_000_000, cap: 1_500_000_000 });

    expect(error.message).toBe(
      'Cost cap of the run reached: the next call may cost $0.12, $0.05 of $1.50 is left. ' +
        'Raise costs.capUsd (--max-cost <US dollars>) or choose a cheaper model.',
    );
    expect(error).toMatchObject({
      code: 'JARVIS_COST_CAP_REACHED',
      neededUsd: 0.12,
      availableUsd: 0.05,
      capUsd: 1.5,
      retryable: false,
    });
  });

  it.each([
    {
      scope: { type: 'stage', stage: 's1' },
      says: 'Cost cap of stage "s1" reached',
      key: 'costs.stageCapUsd (--max-stage-cost <US dollars>)',
    },
    {
      scope: { type: 'role', role: 'manager' },
      says: 'Cost cap of the manager reached',
      key: 'costs.roleCapsUsd.manager (--max-role-cost manager=<US dollars>)',
    },
  ] as const)('name the cap that binds: $key', ({ scope, says, key }) => {
    const error = new CostCapReachedError({ needed: 2, available: 1, cap: 1, scope });

    expect(error.message).toContain(says);
    expect(error.message).toContain(`Raise ${key} or choose a cheaper model.`);
    expect(error.scope).toEqual(scope);
  });

  it('say how to add a price', () => {
    const error = new UnknownPriceError({ model: 'my-model' });

    expect(error.message).toContain('costs.prices["my-model"] = { "input": …, "output": … }');
    expect(error).toMatchObject({ code: 'JARVIS_COST_UNKNOWN_PRICE', model: 'my-model' });
  });
});
