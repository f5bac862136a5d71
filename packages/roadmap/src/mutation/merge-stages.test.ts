import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan, planWithSteps } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { requireStage, withStage } from '../queries.ts';
import type { RoadmapStage, StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyMutation } from './apply-mutation.ts';
import type { MergedStage } from './merge-stages.ts';

const INTO: MergedStage = { id: 'both', name: 'Both', goal: 'both work' };

describe('applyMutation with merge', () => {
  it('makes one stage of several where the first one was, and depends on it what depended on them', () => {
    const roadmap = createRoadmap([
      planWithSteps('base'),
      planWithSteps('shop', 'base'),
      planWithSteps('mid', 'base'),
      planWithSteps('bakery', 'shop', 'mid'),
      planWithSteps('end', 'shop', 'bakery'),
    ]);

    const next = merge(roadmap, ['shop', 'bakery']);

    expect(next.stages.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['base', []],
      ['both', ['base', 'mid']],
      ['mid', ['base']],
      ['end', ['both']],
    ]);
    expect(next.stages[2]).toBe(roadmap.stages[2]);
    expect(requireStage(next, 'both').brief).toEqual({
      name: 'Both',
      goal: 'both work',
      planSteps: ['shop 1', 'shop 2', 'bakery 1', 'bakery 2'],
      requirements: ['shop is tested', 'bakery is tested'],
    });
  });

  it('keeps a plan step that two stages share once, and one that a stage does twice', () => {
    const roadmap = createRoadmap([
      withSteps('a', ['test', 'build', 'test']),
      withSteps('b', ['build', 'ship', 'ship']),
    ]);

    const next = merge(roadmap, ['a', 'b']);

    expect(requireStage(next, 'both').brief.planSteps).toEqual(['test', 'build', 'test', 'ship', 'ship']);
  });

  it('loses nothing that an earlier try has achieved', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c')]);
    const tried = [
      change(roadmap, 'a', { status: 'pending_retry', note: 'no answer', summaries: ['s1'] }),
      change(roadmap, 'b', {
        status: 'reopened',
        note: 'broken',
        guarantees: ['html', 'links'],
        summaries: ['s2'],
        categories: ['ui'],
      }),
      change(roadmap, 'c', { guarantees: ['html'] }),
    ];

    const next = merge({ ...roadmap, stages: tried }, ['a', 'b', 'c']);

    expect(next.stages).toEqual([
      expect.objectContaining({
        id: 'both',
        status: 'reopened',
        note: 'no answer; broken',
        guarantees: ['html', 'links'],
        summaries: ['s1', 's2'],
        categories: ['ui'],
      }),
    ]);
  });

  it('may keep the id and the name of a stage that is merged', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c', 'b')]);

    const next = merge(roadmap, ['a', 'b'], { ...INTO, id: 'b', name: 'The b' });

    expect(next.stages.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(next.stages[1]?.dependsOn).toEqual(['b']);
  });

  it.each([
    ['one stage (B41)', ['shop'], '"shop"'],
    ['no stage (B41)', [], 'none'],
    ['a stage with itself (B43)', ['shop', 'shop'], '"shop", "shop"'],
    ['a stage with itself and another (B43)', ['shop', 'bakery', 'shop'], '"shop", "bakery", "shop"'],
  ])('refuses to merge %s', (_what, stageIds, named) => {
    const roadmap = createRoadmap([plan('shop'), plan('bakery')]);

    expect(() => merge(roadmap, stageIds)).toThrow(
      `A merge needs two different stages or more, each named once; stageIds names ${named}.`,
    );
  });

  it.each<StageStatus>(['completed', 'active', 'skipped', 'blocked'])(
    'refuses to merge a stage that is %s (B42)',
    (status) => {
      const roadmap = createRoadmap([plan('shop'), plan('bakery')]);
      const executed = withStage(roadmap, change(roadmap, 'bakery', { status }));

      expect(() => merge(executed, ['shop', 'bakery'])).toThrow(
        `Stage "bakery" is ${status}, so merge is not possible: merge needs a stage that is pending or reopened or pending_retry.`,
      );
    },
  );

  it('refuses a merge that closes a circle, and prints it', () => {
    const roadmap = createRoadmap([plan('a'), plan('b', 'a'), plan('c', 'b'), plan('d', 'c')]);

    expect(() => merge(roadmap, ['a', 'd'])).toThrow('round in a circle: both → c → b → both');
  });

  it('finds a circle however long it is', () => {
    const chain = Array.from({ length: 30 }, (_, index) =>
      index === 0 ? plan('s0') : plan(`s${String(index)}`, `s${String(index - 1)}`),
    );

    const attempt = (): unknown => merge(createRoadmap(chain), ['s2', 's29']);

    expect(attempt).toThrow('round in a circle: both → s28 → s27 →');
    expect(attempt).toThrow('→ s4 → s3 → both');
    expect(merge(createRoadmap(chain), ['s28', 's29']).stages).toHaveLength(29);
  });

  it('refuses an id, a name or a stage that is not to be had', () => {
    const roadmap = createRoadmap([plan('a'), plan('b'), plan('c')]);

    expect(() => merge(roadmap, ['a', 'b'], { ...INTO, id: 'c' })).toThrow('"c" is used more than once');
    expect(() => merge(roadmap, ['a', 'b'], { ...INTO, name: 'the C' })).toThrow('("the C")');
    expect(() => merge(roadmap, ['a', 'ghost'])).toThrow('has no stage "ghost"');
  });
});

function merge(roadmap: Roadmap, stageIds: readonly string[], into = INTO): Roadmap {
  return applyMutation(roadmap, changeOf({ type: 'merge', stageIds, into })).roadmap;
}

function change(roadmap: Roadmap, id: string, facts: Partial<RoadmapStage>): RoadmapStage {
  return { ...requireStage(roadmap, id), ...facts };
}

function withSteps(id: string, planSteps: string[]) {
  const stage = plan(id);

  return { ...stage, brief: { ...stage.brief, planSteps } };
}
