import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan, planWithSteps } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { requireStage, withStage } from '../queries.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';
import type { StagePart } from './stage-part.ts';

const ROADMAP = createRoadmap([plan('base'), planWithSteps('shop', 'base'), plan('end', 'shop')]);

describe('applyMutation with split', () => {
  it('makes several stages in the place of one, on all of which depends what depended on it', () => {
    const next = split([part('list', [0]), part('basket', [1], { dependsOn: ['list'] })]);

    expect(next.stages.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['base', []],
      ['list', ['base']],
      ['basket', ['base', 'list']],
      ['end', ['list', 'basket']],
    ]);
    expect(next.stages[1]?.brief).toEqual({
      name: 'Part list',
      goal: 'list works',
      planSteps: ['shop 1'],
      requirements: ['shop is tested'],
    });
    expect(next.stages[0]).toBe(ROADMAP.stages[0]);
  });

  it('leaves every part what the stage had achieved, its status and its note', () => {
    const achieved = { guarantees: ['html'], summaries: ['s1'], categories: ['ui'] };
    const tried = withStage(ROADMAP, {
      ...requireStage(ROADMAP, 'shop'),
      ...achieved,
      status: 'reopened',
      note: 'broken',
    });

    const next = split([part('shop', [0]), part('basket', [1], { categories: ['backend'] })], tried);

    expect(next.stages.slice(1, 3)).toEqual([
      expect.objectContaining({ id: 'shop', status: 'reopened', note: 'broken', ...achieved }),
      expect.objectContaining({
        id: 'basket',
        status: 'reopened',
        note: 'broken',
        ...achieved,
        categories: ['backend'],
      }),
    ]);
  });

  it.each([
    ['no part (B44)', []],
    ['one part (B44)', [part('list', [0, 1])]],
  ])('refuses to split into %s', (_what, into) => {
    expect(() => split(into)).toThrow(
      `Stage "shop" cannot be divided like this (counted from 1): a stage is split into two parts or more, not ${String(into.length)}.`,
    );
  });

  it('refuses a split that loses a plan step or a requirement, and quotes them (B45)', () => {
    const into = [part('list', [0], { requirements: [] }), part('basket', [], { requirements: [] })];

    expect(() => split(into)).toThrow(
      'no part takes plan step 2 ("shop 2"); no part takes requirement 1 ("shop is tested")',
    );
  });

  it.each([2, -1, 1.5, Number.NaN])(
    'refuses position %d, where there are 0 and 1, and counts from 1 (B37)',
    (position) => {
      const into = [part('list', [0]), part('basket', [1, position])];

      expect(() => split(into)).toThrow(
        `part "basket" takes plan step ${String(position + 1)}, but there are 1 to 2`,
      );
    },
  );

  it('refuses a plan step that two parts take, or one part twice', () => {
    const into = [part('list', [0, 0]), part('basket', [1]), part('till', [1])];

    expect(() => split(into)).toThrow(
      'part "list" takes plan step 1, which is taken already; part "till" takes plan step 2, which is taken already',
    );
  });

  it('refuses parts that wait for one another, or for what waits for them, and prints the circle', () => {
    expect(() => split([part('a', [0], { dependsOn: ['b'] }), part('b', [1], { dependsOn: ['a'] })])).toThrow(
      'round in a circle: a → b → a',
    );
    expect(() => split([part('a', [0], { dependsOn: ['end'] }), part('b', [1])])).toThrow(
      'round in a circle: a → end → a',
    );
  });

  it('refuses ids, names and dependencies that are not to be had', () => {
    expect(() => split([part('a', [0]), part('a', [1])])).toThrow('the id "a" is used more than once');
    expect(() => split([part('end', [0]), part('b', [1])])).toThrow('the id "end" is used more than once');
    expect(() => split([part('a', [0], { name: 'THE END' }), part('b', [1])])).toThrow('("THE END")');
    expect(() => split([part('a', [0], { dependsOn: ['shop'] }), part('b', [1])])).toThrow('does not exist');
    expect(() => split([part('a', [0], { dependsOn: ['a'] }), part('b', [1])])).toThrow('depends on itself');
  });

  it('refuses a part that would wait for a skipped stage', () => {
    const skipped = { ...requireStage(createRoadmap([plan('old')]), 'old'), status: 'skipped' } as const;
    const roadmap = { ...ROADMAP, stages: [...ROADMAP.stages, skipped] };

    expect(() => split([part('a', [0]), part('b', [1], { dependsOn: ['old'] })], roadmap)).toThrow(
      '"b" would depend on "old", which is skipped',
    );
  });

  it('refuses to split a stage that is worked on', () => {
    const active = withStage(ROADMAP, { ...requireStage(ROADMAP, 'shop'), status: 'active' });

    expect(() => split([part('a', [0]), part('b', [1])], active)).toThrow('split is not possible');
  });

  it('refuses to let the roadmap grow beyond its limit, by split or by add (B53)', () => {
    const full = { ...ROADMAP, rules: { maxStages: 3 } };
    const sentence = 'The roadmap would have 4 stages, and maxStages allows 3.';

    expect(() => split([part('a', [0]), part('b', [1])], full)).toThrow(sentence);
    expect(() => applyMutation(full, changeOf({ type: 'add', stage: plan('more') }))).toThrow(sentence);
  });

  it('refuses the 21st split or merge without a completed stage, and begins anew after one (B54)', () => {
    const started = applyMutation(ROADMAP, changeOf({ type: 'start', stageId: 'base' })).roadmap;
    const churned = goRound(started, 20);

    expect(() => goRound(churned, 1)).toThrow(
      'Stages were merged or split 20 times and none was completed, so no further merge or split is allowed.',
    );
    const completed = applyMutation(churned, changeOf({ type: 'complete', stageId: 'base' })).roadmap;
    expect(completed).not.toHaveProperty('restructured');
    expect(goRound(completed, 20).restructured).toBe(20);
  });
});

function goRound(roadmap: Roadmap, times: number): Roadmap {
  return Array.from({ length: times }).reduce<Roadmap>(
    (current) =>
      current.stages.some(({ id }) => id === 'shop')
        ? split([part('a', [0]), part('b', [1])], current)
        : applyMutation(
            current,
            changeOf({
              type: 'merge',
              stageIds: ['a', 'b'],
              into: { id: 'shop', name: 'Shop', goal: 'a shop' },
            }),
          ).roadmap,
    roadmap,
  );
}

function split(into: readonly StagePart[], roadmap: Roadmap = ROADMAP): Roadmap {
  return applyMutation(roadmap, changeOf({ type: 'split', stageId: 'shop', into })).roadmap;
}

function part(id: string, planSteps: readonly number[], facts: Partial<StagePart> = {}): StagePart {
  return { id, name: `Part ${id}`, goal: `${id} works`, planSteps, ...facts };
}
