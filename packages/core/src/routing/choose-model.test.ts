import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chooseModel, modelsNamedBy, type NamedModels } from './choose-model.ts';
import {
  type RoutingCondition,
  type RoutingQuestion,
  type RoutingRule,
  routingRuleSchema,
} from './routing-rule.ts';

const models: NamedModels = { manager: 'm', employee: 'e' };
const question: RoutingQuestion = { role: 'employee', purpose: 'work', round: 2 };
const always: RoutingRule = { when: {}, model: 'last', because: 'Nothing else applies.' };

describe('chooseModel', () => {
  it('takes the first rule that applies and says which and why', () => {
    const rules: readonly RoutingRule[] = [
      { when: { role: 'manager' }, model: 'a', because: 'It manages.' },
      { when: { round: { min: 2 } }, model: 'b', because: 'It is late.' },
      { when: { role: 'employee' }, model: 'c', because: 'It works.' },
      always,
    ];

    expect(chooseModel(rules, question, models)).toEqual({ model: 'b', rule: 1, because: 'It is late.' });
    expect(chooseModel([always, ...rules], question, models)).toMatchObject({ model: 'last', rule: 0 });
  });

  const ended = { isApproved: false, hasErrors: true, word: 'no' };

  it.each<[RoutingCondition, Partial<RoutingQuestion>, boolean]>([
    [{ role: 'employee' }, {}, true],
    [{ role: 'manager' }, {}, false],
    [{ purpose: 'work' }, {}, true],
    [{ purpose: 'plan' }, {}, false],
    [{ kind: 'data' }, { kind: 'data' }, true],
    [{ kind: 'data' }, { kind: 'docs' }, false],
    [{ kind: 'data' }, {}, false],
    [{ complexity: 'high' }, { complexity: 'high' }, true],
    [{ complexity: 'high' }, {}, false],
    [{ importance: 'low' }, { importance: 'low' }, true],
    [{ importance: 'low' }, {}, false],
    [{ round: {} }, {}, true],
    [{ round: { min: 2, max: 2 } }, {}, true],
    [{ round: { min: 3 } }, {}, false],
    [{ round: { max: 1 } }, {}, false],
    [{ previous: {} }, {}, false],
    [{ previous: {} }, { previous: ended }, true],
    [{ previous: { isApproved: false, hasErrors: true, word: 'no' } }, { previous: ended }, true],
    [{ previous: { isApproved: true } }, { previous: ended }, false],
    [{ previous: { hasErrors: false } }, { previous: ended }, false],
    [{ previous: { word: 'No' } }, { previous: ended }, false],
    [{ role: 'employee', purpose: 'plan' }, {}, false],
  ])('%j against %j: %s', (when, facts, applies) => {
    const rules = [{ when, model: 'first', because: 'It applies.' }, always];

    expect(chooseModel(rules, { ...question, ...facts }, models).model).toBe(applies ? 'first' : 'last');
  });

  it.each<[RoutingRule['model'], NamedModels, string]>([
    ['by-name', models, 'by-name'],
    [{ of: 'manager' }, models, 'm'],
    [{ of: 'employee' }, models, 'e'],
    [{ of: 'supervisor' }, models, 'm'],
    [{ of: 'supervisor' }, { ...models, supervisor: 's' }, 's'],
    [{ of: 'strong' }, { ...models, tiers: { strong: 'big' } }, 'big'],
    [{ of: 'strong' }, { ...models, tiers: { small: 'tiny' } }, 'e'],
    [{ of: 'small' }, { ...models, tiers: { small: 'tiny' } }, 'tiny'],
    [{ of: 'standard' }, models, 'e'],
  ])('finds %j among %j: %s', (model, named, found) => {
    expect(chooseModel([{ ...always, model }], question, named).model).toBe(found);
  });

  it.each([
    [[], /no routing rule/u, undefined],
    [[{ ...always, when: { role: 'employee' } } satisfies RoutingRule], /rule 0, .*certain role/u, 0],
    [
      [always, { ...always, when: { round: {}, kind: 'data' } } satisfies RoutingRule],
      /rule 1, .*round, kind/u,
      1,
    ],
  ])('refuses rules that leave a question open, even when it is another one (%#)', (rules, message, rule) => {
    for (const use of [() => chooseModel(rules, question, models), () => modelsNamedBy(rules, models)]) {
      expect(use).toThrow(message);
      expect(use).toThrow(expect.objectContaining({ code: 'JARVIS_ROUTING_INCOMPLETE', rule }));
    }
  });

  it('answers every question with the model of one rule, always the same one, and no later rule changes it', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRule, { maxLength: 8 }), arbitraryQuestion, (drawn, asked) => {
        const rules = [...drawn, always];

        const chosen = chooseModel(rules, asked, models);

        expect(chooseModel(structuredClone(rules), { ...asked }, models)).toEqual(chosen);
        expect(rules[chosen.rule]?.because).toBe(chosen.because);
        expect(chooseModel([...rules.slice(0, chosen.rule + 1), always], asked, models)).toEqual(chosen);
        expect(modelsNamedBy(rules, models)).toContain(chosen.model);
      }),
    );
  });
});

describe('modelsNamedBy', () => {
  it('names each model once, those that only stand in for a tier or a role included', () => {
    const rules: readonly RoutingRule[] = [
      { when: { role: 'employee' }, model: { of: 'strong' }, because: 'r' },
      { when: {}, model: 'x', because: 'r' },
      { when: {}, model: { of: 'supervisor' }, because: 'r' },
      { ...always, model: 'x' },
    ];

    expect(modelsNamedBy(rules, models)).toEqual(['e', 'x', 'm']);
    expect(modelsNamedBy(rules, { ...models, tiers: { strong: 'big' } })).toEqual(['big', 'x', 'm']);
    expect(modelsNamedBy([{ ...always, model: { of: 'small' } }], models)).toEqual(['m', 'e']);
  });
});

describe('routingRuleSchema', () => {
  const because = 'A reason.';

  it('reads what it would write', () => {
    fc.assert(
      fc.property(arbitraryRule, (rule) => {
        expect(routingRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      }),
    );
  });

  it.each([
    [{ when: {}, model: 'm' }, 'because'],
    [{ when: {}, model: 'm', because: ' ' }, 'because'],
    [{ model: 'm', because }, 'when'],
    [{ when: {}, model: ' ', because }, 'model'],
    [{ when: {}, model: { of: 'best' }, because }, 'model'],
    [{ when: {}, model: { of: 'strong', or: 'm' }, because }, 'model'],
    [{ when: { role: 'boss' }, model: 'm', because }, 'when.role'],
    [{ when: { round: { min: 0 } }, model: 'm', because }, 'when.round.min'],
    [{ when: { round: { min: 3, max: 2 } }, model: 'm', because }, 'when.round'],
    [{ when: { rounds: { min: 3 } }, model: 'm', because }, 'when'],
    [{ when: { previous: { approved: true } }, model: 'm', because }, 'when.previous'],
    [{ when: () => true, model: 'm', because }, 'when'],
    [{ when: {}, model: 'm', because, then: 1 }, ''],
  ])('refuses %j', (written, path) => {
    const { error } = routingRuleSchema.safeParse(written);

    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('has a message of its own for a model that is none', () => {
    expect(routingRuleSchema.safeParse({ when: {}, model: 7, because }).error?.issues[0]?.message).toBe(
      'expected the name of a model, or { "of": … } with manager, employee, supervisor, small, standard or strong',
    );
  });
});

const optional = { requiredKeys: [] };

const facts = {
  kind: fc.constantFrom('frontend', 'data', 'other'),
  complexity: fc.constantFrom('low', 'medium', 'high'),
  importance: fc.constantFrom('low', 'normal', 'high'),
} as const;

const ending = { isApproved: fc.boolean(), hasErrors: fc.boolean() };

const word = fc.constantFrom('approved', 'needs_changes');

const arbitraryCondition: fc.Arbitrary<RoutingCondition> = fc.record(
  {
    ...facts,
    role: fc.constantFrom('manager', 'supervisor', 'employee'),
    purpose: fc.constantFrom('plan', 'work', 'review'),
    round: fc.record({ min: fc.integer({ min: 1, max: 3 }), max: fc.integer({ min: 3, max: 5 }) }, optional),
    previous: fc.record({ ...ending, word }, optional),
  },
  optional,
);

const arbitraryRule: fc.Arbitrary<RoutingRule> = fc.record({
  when: arbitraryCondition,
  model: fc.oneof(
    fc.constantFrom('a', 'b'),
    fc.record({ of: fc.constantFrom('manager', 'employee', 'supervisor', 'small', 'strong') }),
  ),
  because: fc.constantFrom('One reason.', 'Another reason.'),
});

const arbitraryQuestion: fc.Arbitrary<RoutingQuestion> = fc.record(
  {
    ...facts,
    role: fc.constantFrom('manager', 'supervisor', 'employee'),
    purpose: fc.constantFrom('plan', 'work', 'review'),
    round: fc.integer({ min: 1, max: 6 }),
    previous: fc.record({ ...ending, word }, { requiredKeys: ['isApproved', 'hasErrors'] }),
  },
  { requiredKeys: ['role', 'purpose', 'round'] },
);
