import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chooseModel } from './choose-model.ts';
import { lintRules } from './lint-rules.ts';
import type { RoutingCondition, RoutingQuestion, RoutingRule } from './routing-rule.ts';

describe('lintRules', () => {
  it.each<[readonly RoutingCondition[], ReturnType<typeof lintRules>]>([
    [[], []],
    [[{}], []],
    [[{ role: 'employee' }, {}], []],
    [[{}, { role: 'employee' }], [{ rule: 1, shadowedBy: [0] }]],
    [[{ round: { min: 2 } }, { round: { min: 3, max: 4 } }, {}], [{ rule: 1, shadowedBy: [0] }]],
    [[{ round: { min: 3 } }, { round: { min: 2 } }, {}], []],
    [
      [{ role: 'manager' }, { role: 'employee' }, { role: 'supervisor' }, { kind: 'data' }],
      [{ rule: 3, shadowedBy: [0, 1, 2] }],
    ],
    [
      [
        { previous: { hasErrors: true } },
        { previous: { hasErrors: false } },
        { previous: { word: 'x' } },
        {},
      ],
      [{ rule: 2, shadowedBy: [0, 1] }],
    ],
    [[{ previous: { word: 'x' } }, { previous: { word: 'y' } }, { previous: {} }, {}], []],
    [[{ round: { max: 3 } }, { round: { min: 4 } }, {}], [{ rule: 2, shadowedBy: [0, 1] }]],
    [
      [{ kind: 'docs' }, { role: 'manager', kind: 'docs' }, { kind: 'data' }, {}],
      [{ rule: 1, shadowedBy: [0] }],
    ],
  ])('%j', (conditions, shadowed) => {
    expect(lintRules(conditions.map(toRule))).toEqual(shadowed);
  });

  it('does not take what is not known for one of what there is', () => {
    const kinds = ['frontend', 'backend', 'data', 'docs', 'ops', 'other'] as const;

    expect(lintRules([...kinds.map((kind) => toRule({ kind })), toRule({})])).toEqual([]);
  });

  it('reports exactly the rules that decide no question', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCondition, { maxLength: 6 }), (conditions) => {
        const rules = [...conditions, {}].map(toRule);

        const deciding = new Set(questions.map((asked) => chooseModel(rules, asked, models).rule));

        const shadowed = lintRules(rules).map(({ rule }) => rule);
        expect(shadowed).toEqual([...rules.keys()].filter((rule) => !deciding.has(rule)));
      }),
    );
  });
});

const models = { manager: 'm', employee: 'e' };

const roles = ['manager', 'supervisor', 'employee'] as const;
const complexities = ['low', 'medium', 'high'] as const;

const arbitraryCondition: fc.Arbitrary<RoutingCondition> = fc.record(
  {
    role: fc.constantFrom(...roles),
    complexity: fc.constantFrom(...complexities),
    round: fc.constantFrom({ max: 1 }, { min: 2 }, { min: 2, max: 3 }, { max: 3 }, { min: 4 }),
    previous: fc.record(
      { isApproved: fc.boolean(), hasErrors: fc.boolean(), word: fc.constantFrom('x', 'y') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** One question for each case conditions like these can tell apart. */
const questions: readonly RoutingQuestion[] = roles.flatMap((role) =>
  [{}, ...complexities.map((complexity) => ({ complexity }))].flatMap((complexity) =>
    [1, 2, 3, 4].flatMap((round) =>
      [{}, ...listEndings().map((previous) => ({ previous }))].map((previous): RoutingQuestion => {
        return { role, purpose: 'work', round, ...complexity, ...previous };
      }),
    ),
  ),
);

function listEndings() {
  return [true, false].flatMap((isApproved) =>
    [true, false].flatMap((hasErrors) =>
      [{}, { word: 'x' }, { word: 'y' }].map((word) => ({ isApproved, hasErrors, ...word })),
    ),
  );
}

function toRule(when: RoutingCondition): RoutingRule {
  return { when, model: 'm', because: 'A reason.' };
}
