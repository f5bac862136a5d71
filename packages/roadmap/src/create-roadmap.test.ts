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

    const roadmap = createRoadmap(chain.toReversed());

    expect(roadmap.stages).toHaveLength(20_000);
  });
});

function catchError(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  return undefined;
}
