import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan, planWithSteps } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { applyMutation } from '../mutation/apply-mutation.ts';
import type { RoadmapMutation } from '../mutation/mutation.ts';
import type { Roadmap } from '../roadmap.ts';
import { applyDiff } from './apply-diff.ts';
import { diffVersions } from './diff-versions.ts';
import { renderDiff } from './render-diff.ts';

const FIRST = createRoadmap([plan('a'), planWithSteps('b'), plan('c', 'b'), plan('d')]);
const LAST = after(
  FIRST,
  { type: 'start', stageId: 'a' },
  { type: 'complete', stageId: 'a', guarantees: ['html'], summary: 's1', note: 'one\nwarning' },
  {
    type: 'split',
    stageId: 'b',
    into: [
      { id: 'b1', name: 'B one', goal: 'one', planSteps: [0] },
      { id: 'b2', name: 'B two', goal: 'two', planSteps: [1] },
    ],
  },
);

describe('diffVersions', () => {
  it('names what went, came and changed, and nothing else', () => {
    const diff = diffVersions(FIRST, LAST);

    expect(diff).toEqual({
      from: 1,
      to: 4,
      removed: [FIRST.stages[1]],
      added: [
        { at: 1, stage: LAST.stages[1] },
        { at: 2, stage: LAST.stages[2] },
      ],
      changed: [
        { before: FIRST.stages[0], after: LAST.stages[0] },
        { before: FIRST.stages[2], after: LAST.stages[3] },
      ],
      rest: { restructured: 1 },
    });
  });

  it('names the order only where it is another one', () => {
    const turned = after(LAST, { type: 'reorder', stageIds: ['d', 'b2', 'a', 'b1', 'c'] });

    expect(diffVersions(LAST, turned)).toEqual({
      from: 4,
      to: 5,
      removed: [],
      added: [],
      changed: [],
      order: ['d', 'b2', 'a', 'b1', 'c'],
      rest: { restructured: 1 },
    });
  });

  it('finds nothing different in a copy that was read from JSON', () => {
    const diff = diffVersions(LAST, JSON.parse(JSON.stringify(LAST)) as Roadmap);

    expect(diff).toMatchObject({ removed: [], added: [], changed: [] });
  });
});

describe('applyDiff', () => {
  it('goes there and back, also through JSON and past a new order', () => {
    const turned = after(LAST, { type: 'reorder', stageIds: ['d', 'b2', 'a', 'b1', 'c'] });
    const there = JSON.parse(JSON.stringify(diffVersions(FIRST, turned))) as ReturnType<typeof diffVersions>;

    expect(applyDiff(there, FIRST)).toEqual(turned);
    expect(applyDiff(diffVersions(turned, FIRST), turned)).toEqual(FIRST);
  });

  it('shares every stage that is the same in both', () => {
    const applied = applyDiff(diffVersions(FIRST, LAST), FIRST);

    expect(applied.stages[4]).toBe(FIRST.stages[3]);
  });

  it('refuses another version than the one it begins with', () => {
    expect(() => applyDiff(diffVersions(FIRST, LAST), LAST)).toThrow(
      expect.objectContaining({ code: 'JARVIS_ROADMAP_VERSION_CONFLICT', expectedVersion: 1, current: LAST }),
    );
  });

  it.each([
    ['has a stage in another state', [plan('a', 'd'), planWithSteps('b'), plan('c', 'b'), plan('d')], ['a']],
    ['does not have what goes', [plan('a'), plan('x'), plan('c', 'x'), plan('d')], ['b', 'c']],
    [
      'has what comes already',
      [plan('a'), planWithSteps('b'), plan('c', 'b'), plan('d'), plan('b1')],
      ['b1'],
    ],
  ])('refuses a roadmap that %s', (_what, stages, stageIds) => {
    expect(() => applyDiff(diffVersions(FIRST, LAST), createRoadmap(stages))).toThrow(
      expect.objectContaining({ code: 'JARVIS_ROADMAP_DIFF_MISMATCH', stageIds }),
    );
  });
});

describe('renderDiff', () => {
  it('has a line for each stage, and escapes what might be a command', () => {
    expect(renderDiff(diffVersions(FIRST, LAST))).toBe(
      [
        'Roadmap version 1 → 4:',
        '- b  The b',
        '+ b1  B one (pending)',
        '+ b2  B two (pending)',
        '~ a  The a: pending → completed; other guarantees, summaries; note: one\\u{a}warning',
        '~ c  The c: waits for b1, b2',
      ].join('\n'),
    );
  });

  it('says what went away, in which order stages stand, or that nothing differs', () => {
    const { note: _note, ...silent } = LAST.stages[0] ?? FIRST.stages[0] ?? { id: 'a' };
    const without = { ...LAST, stages: LAST.stages.with(0, silent as Roadmap['stages'][number]) };
    const renamed = createRoadmap([{ ...plan('a'), brief: { ...plan('a').brief, goal: 'other' } }]);
    const sorted = createRoadmap([plan('b'), plan('a')]);

    expect(renderDiff(diffVersions(LAST, without))).toContain('~ a  The a: note removed');
    expect(renderDiff(diffVersions(createRoadmap([plan('a')]), renamed))).toContain(
      '~ a  The a: other brief',
    );
    expect(renderDiff(diffVersions(createRoadmap([plan('a'), plan('b')]), sorted))).toContain('order: b, a');
    expect(renderDiff(diffVersions(FIRST, FIRST))).toBe('Roadmap version 1 → 1: no stage differs');
  });

  it('says when a stage no longer waits', () => {
    const waiting = createRoadmap([plan('a'), { ...plan('b', 'a'), categories: ['ui'] }]);

    expect(renderDiff(diffVersions(waiting, createRoadmap([plan('a'), plan('b')])))).toContain(
      '~ b  The b: waits for nothing; other categories',
    );
  });
});

function after(roadmap: Roadmap, ...mutations: readonly RoadmapMutation[]): Roadmap {
  return mutations.reduce((current, mutation) => applyMutation(current, changeOf(mutation)).roadmap, roadmap);
}
