import { describe, expect, it } from 'vitest';

import { parseRules } from './rule-file.ts';

const rule = {
  defect: 7,
  name: 'approval-in-any-case',
  why: 'Only the exact word counted as approval.',
  evidence: [{ at: '/answers/*/value/status', matches: 'approved' }],
  changes: [{ kind: 'follows', at: '/status' }],
};

describe('parseRules', () => {
  it('takes a rule that names a defect, evidence and fields', () => {
    const rules = parseRules({ version: 1, rules: [rule] });

    expect(rules).toEqual([rule]);
  });

  it.each([
    ['no evidence', { evidence: [] }],
    ['evidence that tests nothing', { evidence: [{ at: '/scenario' }] }],
    ['no fields', { changes: [] }],
    ['no known defect', { defect: 37 }],
    ['every call', { changes: [{ kind: 'follows', at: '/calls/**' }] }],
    ['whole calls', { changes: [{ kind: 'follows', at: '/calls/*' }] }],
    ['whole payloads', { changes: [{ kind: 'follows', at: '/calls/*/user' }] }],
    ['everything', { changes: [{ kind: 'follows', at: '/' }] }],
    ['a direction that makes no sense for the field', { changes: [{ kind: 'extended', at: '/status' }] }],
    ['a field that must never differ', { changes: [{ kind: 'follows', at: '/inputs' }] }],
    ['a key nobody knows', { scenario: '2loop-approve-first' }],
  ])('refuses a rule with %s', (_, wrong) => {
    expect(() => parseRules({ version: 1, rules: [{ ...rule, ...wrong }] })).toThrow('These are not rules');
  });

  it('refuses two rules of one name', () => {
    expect(() => parseRules({ version: 1, rules: [rule, rule] })).toThrow('the same name');
  });
});
