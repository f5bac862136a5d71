import { describe, expect, it } from 'vitest';

import { toScopeCaps } from './cost-scope.ts';

describe('toScopeCaps', () => {
  it('knows no caps where none were written', () => {
    expect(toScopeCaps({})).toEqual({ roleNanoUsd: {} });
  });

  it('takes dollars for billionths', () => {
    const written = { stageCapUsd: 0.5, roleCapsUsd: { manager: 1, employee: undefined } };

    expect(toScopeCaps(written)).toEqual({
      stageNanoUsd: 500_000_000,
      roleNanoUsd: { manager: 1_000_000_000 },
    });
  });
});
