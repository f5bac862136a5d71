import { describe, expect, it } from 'vitest';

import { gatesAround, stageGateRuleSchema } from './stage-gates.ts';
import { stageKinds } from './stage-kinds.ts';

const BRIEF = { name: 'Go live', goal: 'The shop is online', planSteps: [], requirements: [] };

describe('stageKinds', () => {
  it.each([
    ['a word', { ...BRIEF, goal: 'Change the schema' }, ['database']],
    ['the beginning of a word', { ...BRIEF, planSteps: ['Deploying to the server'] }, ['deployment']],
    ['several', { ...BRIEF, requirements: ['Passwords survive the migration'] }, ['database', 'security']],
    ['none', BRIEF, []],
    ['a part of a word only', { ...BRIEF, goal: 'Raindrops and nosql' }, []],
  ])('knows a stage by %s', (_what, brief, kinds) => {
    expect(stageKinds(brief)).toEqual(kinds);
  });
});

describe('gatesAround', () => {
  const rules = [
    { moment: 'before', kinds: ['deployment', 'payment'] },
    { moment: 'after', kinds: 'all' },
  ] as const;

  it('asks before a stage of a kind that is named', () => {
    expect(gatesAround(rules, 'before', ['security', 'payment'])).toEqual([
      { moment: 'before', kinds: ['payment'], rule: 0, reason: 'before a stage of kind payment' },
    ]);
    expect(gatesAround(rules, 'before', ['security'])).toEqual([]);
  });

  it('asks around every stage where that is wanted', () => {
    expect(gatesAround(rules, 'after', [])).toEqual([
      { moment: 'after', kinds: [], rule: 1, reason: 'after every stage' },
    ]);
  });

  it('reads its rules from a configuration and refuses what it does not know', () => {
    expect(rules.map((rule) => stageGateRuleSchema.parse(rule))).toEqual(rules);
    expect(stageGateRuleSchema.safeParse({ moment: 'before', kinds: [] }).success).toBe(false);
    expect(stageGateRuleSchema.safeParse({ moment: 'between', kinds: 'all' }).success).toBe(false);
  });
});
