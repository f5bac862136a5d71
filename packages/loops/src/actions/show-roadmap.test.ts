import { createRoadmap, type NewStage } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { initialState, type RunState } from '../engine/run-state.ts';
import { showRoadmap } from './show-roadmap.ts';

function stateWith(count: number, dependsOn: Readonly<Record<number, readonly string[]>> = {}): RunState {
  const stages = Array.from({ length: count }, (_, index): NewStage => {
    const brief = { name: `Knot ${String(index)}`, goal: 'A page', planSteps: [], requirements: [] };
    return { id: `knot-${String(index)}`, brief, dependsOn: [...(dependsOn[index] ?? [])] };
  });
  const work = { type: 'work', round: 1, stage: 'knot-500', cycle: 1 } as const;
  return {
    ...initialState,
    roadmap: createRoadmap(stages, { maxStages: 1_000 }),
    rounds: [{ number: 1, stage: 'knot-500', cycle: 1 }],
    openAction: { id: 'action-1', action: work, steps: new Map() },
  };
}

describe('showRoadmap', () => {
  it('shows every stage of a roadmap of fifty', () => {
    const { roadmap, moreStages } = showRoadmap(stateWith(50));

    expect(roadmap).toHaveLength(50);
    expect(roadmap[0]).toEqual({ id: 'knot-0', name: 'Knot 0', status: 'pending' });
    expect(moreStages).toBeUndefined();
  });

  it('shows the stages around the one at work, in their order, and counts the others', () => {
    const { roadmap, moreStages } = showRoadmap(stateWith(1_000));

    const expected = Array.from({ length: 50 }, (_, index) => `knot-${String(index + 475)}`);
    expect(roadmap.map(({ id }) => id)).toEqual(expected);
    expect(moreStages).toEqual({ pending: 950 });
  });

  it('shows what the stage at work builds on and what builds on it, however far away', () => {
    const { roadmap } = showRoadmap(stateWith(1_000, { 500: ['knot-3'], 999: ['knot-500'] }));

    const ids = roadmap.map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, 'knot-3', 'knot-999']);
    expect(ids).toContain('knot-500');
  });
});
