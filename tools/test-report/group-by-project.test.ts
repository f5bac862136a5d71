import { describe, expect, it } from 'vitest';

import { groupByProject } from './group-by-project.ts';

describe('groupByProject', () => {
  it('groups by the nearest folder with a package.json', () => {
    const groups = groupByProject([
      'packages/core/src/cost/money.test.ts',
      'packages/core/test/surface.test.ts',
      'tools/lint/header-name.test.ts',
      'stray.test.ts',
    ]);

    expect(Object.fromEntries(groups)).toEqual({
      'packages/core': ['packages/core/src/cost/money.test.ts', 'packages/core/test/surface.test.ts'],
      tools: ['tools/lint/header-name.test.ts'],
      '.': ['stray.test.ts'],
    });
  });
});
