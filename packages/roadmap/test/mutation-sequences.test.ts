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
/** Stages a to e, each depending on some of those before it. */
const roadmap = fc
  .array(fc.array(fc.nat({ max: 3 }), { maxLength: 2 }), { minLength: 2, maxLength: 5 })
  .map((rows) =>
    createRoadmap(
      rows.map((row, index) => plan(idAt(index), ...row.filter((other) => other < index).map(idAt))),
    ),
  );

/** Everything somebody may want of a roadmap with these ids, legal or not. */
const WISHES: readonly RoadmapMutation[] = [
  ...IDS.flatMap((stageId): readonly RoadmapMutation[] => [
    { type: 'start', stageId },
    { type: 'complete', stageId },
    { type: 'skip', stageId, reason: 'not wanted' },
    { type: 'reopen', stageId, reason: 'broken' },
    { type: 'block', stageId, reason: 'no answer' },
    { type: 'postpone', stageId, reason: 'later' },
    { type: 'add', stage: plan(stageId, 'a') },
  ]),
  ...IDS.flatMap((_, length): readonly RoadmapMutation[] => [
    { type: 'reorder', stageIds: IDS.slice(0, length) },
    { type: 'reorder', stageIds: IDS.slice(0, length).reverse() },
  ]),
];

/** Where in the wishes to begin looking for a legal one, step by step. */
const steps = fc.array(fc.nat({ max: WISHES.length - 1 }), { minLength: 10, maxLength: 60 });

describe('any sequence of mutations', () => {
  it('keeps the invariants: sound dependencies, one version a change, nothing waits for a skipped stage', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const step of sequence) {
          applyNextLegal(manager, step);

          expect(listRoadmapProblems(manager.current.stages)).toEqual([]);
          expect(manager.current.version).toBe(1 + manager.history.length);
          expect(listWaitingForSkipped(manager.current)).toEqual([]);
        }
      }),
    );
  });

  it('gives the same roadmap when its history is replayed, also through JSON', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((step) => applyNextLegal(manager, step));

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
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const step of sequence) {
          const before = new Set(manager.current.stages);
          applyNextLegal(manager, step);

          expect(manager.current.stages.filter((stage) => !before.has(stage)).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('loses no stage: whatever was there stays there', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((step) => applyNextLegal(manager, step));

        const ids = manager.current.stages.map(({ id }) => id);

        expect(ids).toEqual(expect.arrayContaining(initial.stages.map(({ id }) => id)));
      }),
    );
  });

  it('is one in which every kind of mutation is legal somewhere', () => {
    const seen = new Set<string>();

    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        sequence.forEach((step) => applyNextLegal(manager, step));
        manager.history.forEach(({ change }) => seen.add(change.mutation.type));
      }),
      { numRuns: 100, seed: 7 },
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

/** Applies the first legal wish from this one on. A refusal must be one of ours and must change nothing. */
function applyNextLegal(manager: RoadmapManager, step: number): void {
  const before = manager.current;
  const wishes = [...WISHES.slice(step), ...WISHES.slice(0, step)];

  wishes.some((wish) => {
    try {
      return !manager.apply(changeOf(wish, `change-${String(before.version)}`)).isRepeat;
    } catch (error) {
      if (!isJarvisError(error) || manager.current !== before) {
        throw error;
      }
      return false;
    }
  });
  expect(manager.current.version).toBe(before.version + 1);
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
