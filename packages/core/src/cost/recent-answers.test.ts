import { describe, expect, it } from 'vitest';

import { leastUsefulOutput, type RecentAnswers, rememberAnswer } from './recent-answers.ts';

const answer = (outputTokens: number) => ({ inputTokens: 1, cachedInputTokens: 0, outputTokens });

describe('rememberAnswer', () => {
  it('keeps the last five answers of each role apart', () => {
    let recent: RecentAnswers = rememberAnswer({}, 'manager', answer(9));
    for (const size of [1, 2, 3, 4, 5, 6]) recent = rememberAnswer(recent, 'employee', answer(size));

    expect(recent).toEqual({ manager: [9], employee: [2, 3, 4, 5, 6] });
  });

  it('does not guess the size of an answer nobody stated', () => {
    const recent = rememberAnswer({}, 'manager', answer(9));

    expect(rememberAnswer(recent, 'manager', undefined)).toBe(recent);
  });
});

describe('leastUsefulOutput', () => {
  const recent: RecentAnswers = { employee: [100, 1_001, 7] };

  it.each([
    { what: 'the minimum before the first answer', role: 'manager', wanted: 4_000, minimum: 500, least: 500 },
    {
      what: 'the minimum where answers were short',
      role: 'employee',
      wanted: 9_000,
      minimum: 2_000,
      least: 2_000,
    },
    { what: '1.2 times the largest answer', role: 'employee', wanted: 9_000, minimum: 500, least: 1_202 },
    { what: 'no more than what is wanted', role: 'employee', wanted: 1_100, minimum: 500, least: 1_100 },
    { what: 'what is wanted, below the minimum', role: 'employee', wanted: 10, minimum: 500, least: 10 },
  ] as const)('asks for $what', ({ role, wanted, minimum, least }) => {
    expect(leastUsefulOutput({ role, wanted, minimum }, recent)).toBe(least);
  });
});
