import { describe, expect, it } from 'vitest';

import {
  type ConditionAnswer,
  type GateCondition,
  gateConditionSchema,
  judgeCondition,
} from './condition.ts';

const facts = { amountUsd: 10_000, kind: 'plan', isFirst: true, odd: Number.NaN };

const cases: readonly (readonly [GateCondition, ConditionAnswer])[] = [
  [{ field: 'amountUsd', gt: 9_999.99 }, 'holds'],
  [{ field: 'amountUsd', gt: 10_000 }, 'fails'],
  [{ field: 'amountUsd', gte: 10_000 }, 'holds'],
  [{ field: 'amountUsd', gte: 10_000.01 }, 'fails'],
  [{ field: 'amountUsd', lt: 10_000 }, 'fails'],
  [{ field: 'amountUsd', lt: 10_001 }, 'holds'],
  [{ field: 'amountUsd', lte: 10_000 }, 'holds'],
  [{ field: 'amountUsd', lte: 9_999 }, 'fails'],
  [{ field: 'amountUsd', eq: 10_000 }, 'holds'],
  [{ field: 'amountUsd', eq: 1 }, 'fails'],
  [{ field: 'amountUsd', ne: 1 }, 'holds'],
  [{ field: 'amountUsd', ne: 10_000 }, 'fails'],
  [{ field: 'amountUsd', gt: 1, lt: 100_000 }, 'holds'],
  [{ field: 'amountUsd', gt: 1, lt: 100 }, 'fails'],
  [{ field: 'kind', eq: 'plan' }, 'holds'],
  [{ field: 'kind', in: ['commit', 'plan'] }, 'holds'],
  [{ field: 'kind', in: ['commit', 7] }, 'fails'],
  [{ field: 'isFirst', eq: true }, 'holds'],
  [{ field: 'isFirst', ne: true }, 'fails'],
];

const unanswered: readonly (readonly [string, GateCondition])[] = [
  ['there is no such fact', { field: 'amount', gt: 1 }],
  ['the fact is inherited', { field: 'toString', ne: 'x' }],
  ['text is compared with a number', { field: 'kind', gt: 1 }],
  ['a number is compared with text', { field: 'amountUsd', eq: '10000' }],
  ['a number should differ from text', { field: 'amountUsd', ne: '10000' }],
  ['nothing in the list is of its type', { field: 'isFirst', in: ['yes', 1] }],
  ['the number is none', { field: 'odd', lt: 1 }],
];

describe('judgeCondition', () => {
  it.each(cases)('%j %s', (condition, answer) => {
    expect(judgeCondition(condition, facts)).toBe(answer);
  });

  it.each(unanswered)('does not know when %s', (_, condition) => {
    expect(judgeCondition(condition, facts)).toBe('unknown');
  });

  it('fails when one of its comparisons fails, whatever nobody knows', () => {
    expect(judgeCondition({ field: 'amountUsd', eq: '10000', gt: 20_000 }, facts)).toBe('fails');
  });
});

describe('gateConditionSchema', () => {
  it.each([
    ['no comparison', { field: 'amountUsd' }],
    ['no fact', { gt: 1 }],
    ['a comparison nobody knows', { field: 'amountUsd', above: 1 }],
    ['a limit that is text', { field: 'amountUsd', gt: '1' }],
    ['an empty list', { field: 'kind', in: [] }],
  ])('refuses %s', (_, written) => {
    expect(gateConditionSchema.safeParse(written).success).toBe(false);
  });
});
