import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { teamRules, teams } from './team-rules.ts';

const page = readFileSync(new URL('../../../../docs/reference/context-aware.md', import.meta.url), 'utf8');

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll(/[`*]/gu, '')),
  );

it('is documented rule by rule, with steps and points', () => {
  const documented = rows
    .filter(([, about = '']) => ['task', 'project', 'session'].includes(about))
    .map(([name, about, axis, , steps, points]) => [name, about, axis, steps, points]);

  expect(documented).toEqual(
    teamRules.map(({ name, about, axis, steps, weight }) => [
      name,
      about,
      axis,
      steps.join(', '),
      String(weight),
    ]),
  );
});

it.each(['low', 'medium', 'high'] as const)('is documented with the teams for %s effort', (effort) => {
  const row = rows.find(([name]) => name === `${effort} effort`);

  expect(row?.slice(1)).toEqual([teams[effort].low, teams[effort].medium, teams[effort].high]);
});
