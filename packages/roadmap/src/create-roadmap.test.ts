import { describe, expect, it } from 'vitest';

import { plan } from '../test/planned-stages.ts';
import { createRoadmap } from './create-roadmap.ts';
import { InvalidRoadmapError } from './errors.ts';
import type { NewStage } from './roadmap-stage.ts';

describe('createRoadmap', () => {
  it('makes version 1 with every stage pending, in the given order', () => {
    const roadmap = createRoadmap([plan('shop'), plan('checkout', 'shop')]);

    expect(roadmap.version).toBe(1);
    expect(roadmap.stages.map(({ id, status, dependsOn }) => [id, status, dependsOn])).toEqual([
      ['shop', 'pending', []],
      ['checkout', 'pending', ['shop']],
    ]);
  });

  it('takes a stage without dependencies to depend on nothing', () => {
    const { id, brief } = plan('shop');

    const roadmap = createRoadmap([{ id, brief }]);

    expect(roadmap.stages[0]?.dependsOn).toEqual([]);
  });

  it.each<[string, NewStage[], string]>([
    ['an empty plan (B31)', [], 'there is no stage'],
    ['an id that is no id', [plan('Shop')], '"Shop" is not an id'],
    ['an id that is used twice (B33)', [plan('a'), plan('a')], 'the id "a" is used more than once'],
    ['an unknown dependency (B34)', [plan('a', 'b')], '"a" depends on "b", which does not exist'],
    ['a stage that depends on itself (B36)', [plan('a', 'a')], '"a" depends on itself'],
    [
      'names that differ only by case (B40)',
      [named('shop', 'The Shop'), named('other', 'the SHOP')],
      'the names of "other" and "shop" differ in upper and lower case at most ("the SHOP")',
    ],
  ])('refuses %s', (_what, stages, sentence) => {
    expect(() => createRoadmap(stages)).toThrow(sentence);
  });

  it('prints a circle of dependencies (B35)', () => {
    const stages = [plan('start'), plan('a', 'start', 'c'), plan('b', 'a'), plan('c', 'b'), plan('end', 'c')];

    const attempt = (): unknown => createRoadmap(stages);

    expect(attempt).toThrow('dependencies go round in a circle: a → c → b → a');
  });

  it('reports every problem at once', () => {
    const stages = [plan('a', 'a', 'ghost'), plan('b', 'c'), plan('c', 'b'), plan('B!')];

    const error = catchError(() => createRoadmap(stages));

    expect(error).toBeInstanceOf(InvalidRoadmapError);
    expect(error).toMatchObject({
      code: 'JARVIS_ROADMAP_INVALID',
      problems: [
        { type: 'self_dependency', stageId: 'a' },
        { type: 'unknown_dependency', stageId: 'a', dependency: 'ghost' },
        { type: 'invalid_id', stageId: 'B!' },
        { type: 'cycle', stageIds: ['b', 'c', 'b'] },
      ],
    });
  });

  it('accepts a long chain whose stages are listed in any order', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      index === 0 ? plan('s0') : plan(`s${String(index)}`, `s${String(index - 1)}`),
    );

    const roadmap = createRoadmap(chain.toReversed(), { maxStages: 20_000 });

    expect(roadmap.stages).toHaveLength(20_000);
  });

  it('refuses a category that the rules do not name, and names the ones they do (B39)', () => {
    const rules = { categories: ['frontend', 'backend'] };
    const fitting = { ...plan('api'), categories: ['backend'] };

    expect(createRoadmap([fitting], rules)).toMatchObject({ rules, stages: [{ categories: ['backend'] }] });
    expect(() => createRoadmap([{ ...plan('shop'), categories: ['front-end'] }], rules)).toThrow(
      '"shop" has the category "front-end"; allowed: "frontend", "backend"',
    );
  });

  it('refuses a plan of 100,000 steps in one sentence, whether in one stage or in as many (B32)', () => {
    const steps = Array.from({ length: 100_000 }, (_, index) => `step ${String(index)}`);
    const { id, brief } = plan('all');
    const inOne = [{ id, brief: { ...brief, planSteps: steps } }];
    const inMany = steps.map((_, index) => plan(`s${String(index)}`));

    expect(() => createRoadmap(inOne)).toThrow(
      'The roadmap would have 100000 plan steps, and maxPlanSteps allows 10000.',
    );
    expect(() => createRoadmap(inMany)).toThrow(
      'The roadmap would have 100000 stages, and maxStages allows 1000.',
    );
    expect(createRoadmap(inOne, { maxPlanSteps: 100_000 }).stages).toHaveLength(1);
  });

  it('lists ten problems at most in its sentence, and all of them in its facts', () => {
    const error = catchError(() =>
      createRoadmap(Array.from({ length: 12 }, (_, index) => plan(`S${String(index)}`))),
    );

    expect(error).toMatchObject({ message: expect.stringContaining('; and 2 more') as string });
    expect(error).toHaveProperty('problems.length', 12);
  });
});

function named(id: string, name: string): NewStage {
  const { brief } = plan(id);

  return { id, brief: { ...brief, name } };
}

function catchError(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  return undefined;
}
