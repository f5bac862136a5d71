import { describe, expect, it } from 'vitest';

import { durationMs, gateRulesAt, gateRulesSchema } from './gate-rule.ts';

const plan = { at: 'plan', approvers: [{ role: 'owner' }] };

describe('gateRulesSchema', () => {
  it.each([
    ['nothing but approvers', plan],
    [
      'everything there is',
      {
        at: 'cap',
        approvers: [
          { role: 'lead', needed: 2 },
          { person: 'ann', when: { field: 'amountUsd', gt: 10_000 } },
        ],
        deadline: '2h',
        onDeadline: { escalateTo: { role: 'owner' } },
        autoApprove: [{ when: [{ field: 'amountUsd', lt: 1 }], because: 'it is little' }],
      },
    ],
  ])('accepts %s', (_, rule) => {
    expect(gateRulesSchema.parse([rule])).toEqual([rule]);
  });

  it.each([
    ['a place nobody knows', { ...plan, at: 'lunch' }],
    ['a key nobody knows', { ...plan, approver: 'ann' }],
    ['no approvers', { ...plan, approvers: [] }],
    ['an approver without a name', { ...plan, approvers: [{ needed: 1 }] }],
    ['an approver who is a role and a person', { ...plan, approvers: [{ role: 'a', person: 'b' }] }],
    ['one person needed twice', { ...plan, approvers: [{ person: 'ann', needed: 2 }] }],
    ['nobody needed', { ...plan, approvers: [{ role: 'owner', needed: 0 }] }],
    ['a deadline without a unit', { ...plan, deadline: '2' }],
    ['what to do at a deadline there is not', { ...plan, onDeadline: 'park' }],
    ['an approval by deadline', { ...plan, deadline: '2h', onDeadline: 'approve' }],
    ['an approval without a condition', { ...plan, autoApprove: [{ when: [], because: 'why not' }] }],
    ['an approval without a reason', { ...plan, autoApprove: [{ when: [{ field: 'a', eq: 1 }] }] }],
  ])('refuses %s', (_, rule) => {
    expect(gateRulesSchema.safeParse([rule]).success).toBe(false);
  });
});

describe('gateRulesAt', () => {
  it('finds every rule for a place, in order', () => {
    const rules = gateRulesSchema.parse([
      plan,
      { ...plan, at: 'commit' },
      { ...plan, approvers: [{ person: 'ann' }] },
    ]);

    const found = gateRulesAt(rules, 'plan');

    expect(found).toEqual([rules[0], rules[2]]);
  });
});

describe('durationMs', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['9999d', 863_913_600_000],
  ])('reads %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '0h', '-1h', '1.5h', '2 h', '2w', '10000d', '2h30m'])('does not read "%s"', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
