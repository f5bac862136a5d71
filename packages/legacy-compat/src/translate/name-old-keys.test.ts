import { InvalidConfigError } from '@jarvis/core';
import { expect, it } from 'vitest';

import { nameOldKeys } from './name-old-keys.ts';

it('names the old key or variable, where there is one', () => {
  const keys = ['costs.capUsd', 'models.supervisor', 'costs.prices'];
  const problems = keys.map((key) => ({ origin: 'here', key, problem: 'wrong' }));

  const named = nameOldKeys(new InvalidConfigError({ problems }));

  expect(named).toMatchObject({
    code: 'JARVIS_LEGACY_CONFIG',
    problems: ['max_cost_usd: wrong', 'DEFAULT_SUPERVISOR_MODEL: wrong', 'costs.prices: wrong'],
  });
});

it('leaves any other error as it is', () => {
  const error = new Error('the disk is full');

  expect(nameOldKeys(error)).toBe(error);
});
