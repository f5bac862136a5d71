import { applyMutation, createRoadmap } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { splitInHalves } from './split-in-halves.ts';

const at = '2026-01-01T00:00:00Z';
const brief = (name: string, steps: number) => ({
  name,
  goal: name,
  planSteps: Array.from({ length: steps }, (_none, index) => `Step ${String(index)}`),
  requirements: [],
});

function roadmapOf(steps: number, rules: object = {}, others: readonly string[] = []) {
  const roadmap = createRoadmap(
    [{ id: 'home', brief: brief('Home', steps) }, ...others.map((id) => ({ id, brief: brief(id, 1) }))],
    rules,
  );
  return applyMutation(roadmap, {
    id: 'c1',
    author: 'test',
    at,
    mutation: { type: 'start', stageId: 'home' },
  }).roadmap;
}

describe('splitInHalves', () => {
  it('shares the steps out, the first part with the larger half', () => {
    expect(splitInHalves(roadmapOf(3), 'home')).toMatchObject({
      type: 'split',
      stageId: 'home',
      into: [
        { id: 'home-a', planSteps: [0, 1] },
        { id: 'home-b', planSteps: [2], dependsOn: ['home-a'] },
      ],
    });
  });

  it.each([
    ['has one step', roadmapOf(1), 'home'],
    ['is not there', roadmapOf(3), 'shop'],
    ['stands on a roadmap that is full', roadmapOf(3, { maxStages: 1 }), 'home'],
    ['has a neighbour with the id of a part', roadmapOf(3, {}, ['home-b']), 'home'],
  ])('divides no stage that %s', (_what, roadmap, stageId) => {
    expect(splitInHalves(roadmap, stageId)).toBeUndefined();
  });

  it('divides no stage after many divisions without progress', () => {
    expect(splitInHalves({ ...roadmapOf(3), restructured: 10_000 }, 'home')).toBeUndefined();
  });

  it('does not hide that a stage is not one to divide', () => {
    const roadmap = roadmapOf(3);
    const stages = roadmap.stages.map((stage) => ({ ...stage, status: 'completed' as const }));

    expect(() => splitInHalves({ ...roadmap, stages }, 'home')).toThrow('Stage "home" is completed');
  });
});
