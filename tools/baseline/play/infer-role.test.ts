import { expect, it } from 'vitest';

import { readOwnScenarios } from '../testing/read-own-scenarios.ts';
import { inferRole } from './infer-role.ts';

it('tells the role of every recorded call whose message is known', async () => {
  const scenarios = await readOwnScenarios();
  const calls = scenarios
    .flatMap(({ file }) => file.trace.calls)
    .filter(({ role }) => role !== 'connectivity' && !role.startsWith('merge.'));

  const inferred = calls.map(({ user }) => inferRole(typeof user === 'string' ? user : JSON.stringify(user)));

  expect(calls.length).toBe(196);
  expect(inferred).toEqual(calls.map(({ role }) => role));
});

it('knows the check of the connection by its text', () => {
  expect(inferRole('test')).toBe('connectivity');
});

it('takes a task that happens to be JSON for a task', () => {
  expect(['{"a": 1}', '[1]', '3'].map(inferRole)).toEqual(['manager.plan', 'manager.plan', 'manager.plan']);
});
