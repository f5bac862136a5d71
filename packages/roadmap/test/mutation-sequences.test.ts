import { isJarvisError } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRoadmap } from '../src/create-roadmap.ts';
import { replayMutations } from '../src/history/replay-mutations.ts';
import { listRoadmapProblems } from '../src/invariants.ts';
import type { RoadmapMutation } from '../src/mutation/mutation.ts';
import { RoadmapManager } from '../src/roadmap-manager.ts';
import type { Roadmap } from '../src/roadmap.ts';
import { changeOf } from './changes.ts';
import { plan } from './planned-stages.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const stageId = fc.constantFrom(...IDS);
const reason = fc.constant('because');

/** Stages a to e, each depending on some of those before it. */
const roadmap = fc
  .array(fc.array(fc.nat({ max: 3 }), { maxLength: 2 }), { minLength: 2, maxLength: 5 })
  .map((rows) =>
    createRoadmap(
      rows.map((row, index) => plan(idAt(index), ...row.filter((other) => other < index).map(idAt))),
    ),
  );

const mutation: fc.Arbitrary<RoadmapMutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('start' as const), stageId }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('complete' as const), stageId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('skip' as const), stageId, reason }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('reopen' as const), stageId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('block' as const), stageId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('postpone' as const), stageId, reason }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(stageId, fc.array(stageId, { maxLength: 2 }))
      .map(([id, dependsOn]) => ({ type: 'add' as const, stage: plan(id, ...dependsOn) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .shuffledSubarray(IDS.slice(0, 3), { minLength: 2 })
      .map((ids) => ({ type: 'reorder' as const, stageIds: ids })),
  },
);

const mutations = fc.array(mutation, { maxLength: 60 });

describe('any sequence of mutations', () => {
  it('keeps the invariants: sound dependencies, one version a change, nothing waits for a skipped stage', () => {
    fc.assert(
      fc.property(roadmap, mutations, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const [index, each] of sequence.entries()) {
          applyIfLegal(manager, each, index);

          expect(listRoadmapProblems(manager.current.stages)).toEqual([]);
          expect(manager.current.version).toBe(1 + manager.history.length);
          expect(listWaitingForSkipped(manager.current)).toEqual([]);
        }
      }),
    );
  });

  it('gives the same roadmap when its history is replayed, also through JSON', () => {
    fc.assert(
      fc.property(roadmap, mutations, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((each, index) => applyIfLegal(manager, each, index));

        const replayed = replayMutations(
          initial,
          JSON.parse(JSON.stringify(manager.history)) as typeof manager.history,
        );

        expect(replayed).toEqual(manager.current);
      }),
    );
  });

  it('changes one stage at most, and shares the others between versions', () => {
    fc.assert(
      fc.property(roadmap, mutations, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const [index, each] of sequence.entries()) {
          const before = new Set(manager.current.stages);
          applyIfLegal(manager, each, index);

          expect(manager.current.stages.filter((stage) => !before.has(stage)).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('loses no stage: whatever was there stays there', () => {
    fc.assert(
      fc.property(roadmap, mutations, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((each, index) => applyIfLegal(manager, each, index));

        const ids = manager.current.stages.map(({ id }) => id);

        expect(ids).toEqual(expect.arrayContaining(initial.stages.map(({ id }) => id)));
      }),
    );
  });

  it('is one in which every kind of mutation is legal somewhere', () => {
    const seen = new Set<string>();

    fc.assert(
      fc.property(roadmap, mutations, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((each, index) => applyIfLegal(manager, each, index));
        manager.history.forEach(({ change }) => seen.add(change.mutation.type));
      }),
      { numRuns: 300 },
    );

    expect([...seen].sort()).toEqual([
      'add',
      'block',
      'complete',
      'postpone',
      'reopen',
      'reorder',
      'skip',
      'start',
    ]);
  });
});

/** A refusal must be one of ours and must change nothing; anything else is a fault. */
function applyIfLegal(manager: RoadmapManager, each: RoadmapMutation, index: number): void {
  const before = manager.current;
  try {
    manager.apply(changeOf(each, `c${String(index)}`));
  } catch (error) {
    if (!isJarvisError(error)) {
      throw error;
    }
    expect(manager.current).toBe(before);
  }
}

function listWaitingForSkipped({ stages }: Roadmap): readonly string[] {
  const skipped = new Set(stages.filter(({ status }) => status === 'skipped').map(({ id }) => id));

  return stages
    .filter(({ status, dependsOn }) => status !== 'skipped' && dependsOn.some((id) => skipped.has(id)))
    .map(({ id }) => id);
}

function idAt(index: number): string {
  return IDS[index] ?? 'a';
}
