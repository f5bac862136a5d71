import { isJarvisError } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRoadmap } from '../src/create-roadmap.ts';
import { applyDiff } from '../src/history/apply-diff.ts';
import { diffVersions } from '../src/history/diff-versions.ts';
import { replayMutations } from '../src/history/replay-mutations.ts';
import { listRoadmapProblems } from '../src/invariants.ts';
import type { RoadmapMutation } from '../src/mutation/mutation.ts';
import { RoadmapManager } from '../src/roadmap-manager.ts';
import type { RoadmapStage } from '../src/roadmap-stage.ts';
import type { Roadmap } from '../src/roadmap.ts';
import { changeOf } from './changes.ts';
import { planWithSteps } from './planned-stages.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** Stages a to e, each depending on some of those before it. */
const roadmap = fc
  .array(fc.array(fc.nat({ max: 3 }), { maxLength: 2 }), { minLength: 2, maxLength: 5 })
  .map((rows) =>
    createRoadmap(
      rows.map((row, index) => planWithSteps(idAt(index), ...row.filter((other) => other < index).map(idAt))),
    ),
  );

/** Where in the wishes to begin looking for a legal one, step by step. */
const steps = fc.array(fc.nat({ max: 997 }), { minLength: 10, maxLength: 60 });

describe('any sequence of mutations', () => {
  it('keeps the invariants: sound dependencies, one version a change, nothing waits for a skipped stage', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const step of sequence) {
          applyNextLegal(manager, step);

          expect(listRoadmapProblems(manager.current.stages)).toEqual([]);
          expect(manager.current.version).toBe(1 + manager.history.length);
          expect(manager.current.restructured ?? 0).toBeLessThanOrEqual(20);
          expect(listWaitingForSkipped(manager.current)).toEqual([]);
        }
      }),
    );
  });

  it('gives the same roadmap when its history is replayed, also through JSON', () => {
    fc.assert(
      fc.property(roadmap, steps, fc.nat(), (initial, sequence, past) => {
        const manager = new RoadmapManager(initial);
        const versions = sequence.map((step) => applyNextLegal(manager, step));
        const chosen = past % versions.length;

        const history = JSON.parse(JSON.stringify(manager.history)) as typeof manager.history;

        expect(replayMutations(initial, history)).toEqual(manager.current);
        expect(RoadmapManager.replay(initial, history).current).toEqual(manager.current);
        expect(manager.at(chosen + 2)).toEqual(versions[chosen]);
      }),
    );
  });

  it('leaves differences that lead from any version to any other, there and back', () => {
    fc.assert(
      fc.property(roadmap, steps, fc.nat(), (initial, sequence, past) => {
        const manager = new RoadmapManager(initial);
        const versions = sequence.map((step) => applyNextLegal(manager, step));
        const before = versions[past % versions.length] ?? initial;

        const there = diffVersions(before, manager.current);
        const back = diffVersions(manager.current, before);

        expect(applyDiff(there, before)).toEqual(manager.current);
        expect(applyDiff(back, manager.current)).toEqual(before);
      }),
    );
  });

  it('shares between versions every stage that it does not name and that waits for none that it names', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const step of sequence) {
          const { stages } = manager.current;
          applyNextLegal(manager, step);
          const named = listNamed(manager);
          const others = stages.filter(
            ({ id, dependsOn }) => ![id, ...dependsOn].some((each) => named.has(each)),
          );

          expect(manager.current.stages).toEqual(expect.arrayContaining([...others]));
          expect(others.filter((stage) => !manager.current.stages.includes(stage))).toEqual([]);
        }
      }),
    );
  });

  it('loses no plan step, no requirement and nothing that was achieved, but what was dropped before it began', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);
        let expected: ReadonlySet<string> = new Set(initial.stages.flatMap(listOwned));

        for (const step of sequence) {
          const before = manager.current;
          applyNextLegal(manager, step);
          const { gained, lost } = listIntended(manager, before);
          expected = without([...expected, ...gained], lost);

          const owned = new Set(manager.current.stages.flatMap(listOwned));

          expect(without(expected, owned)).toEqual(new Set());
        }
        const planSteps = manager.current.stages.flatMap(({ brief }) => brief.planSteps);
        expect(planSteps).toHaveLength(new Set(planSteps).size);
      }),
    );
  });

  it('lets exactly one of two authors win who looked at one version', () => {
    fc.assert(
      fc.property(roadmap, steps, (initial, sequence) => {
        const manager = new RoadmapManager(initial);

        for (const step of sequence) {
          const expectedVersion = manager.current.version;
          applyNextLegal(manager, step, expectedVersion);
          const { current } = manager;
          const late = listWishes(current).map((wish, index) => ({
            ...changeOf(wish, `late-${String(index)}`),
            expectedVersion,
          }));

          const winners = late.filter((change) => {
            try {
              manager.apply(change);
              return true;
            } catch (error) {
              expect(error).toMatchObject({ code: 'JARVIS_ROADMAP_VERSION_CONFLICT', current });
              return false;
            }
          });

          expect(winners).toEqual([]);
        }
      }),
      { numRuns: 20 },
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
      'drop',
      'merge',
      'postpone',
      'reopen',
      'reorder',
      'skip',
      'split',
      'start',
    ]);
  });
});

/** Everything somebody may want of this roadmap, legal or not. */
function listWishes({ version, stages }: Roadmap): readonly RoadmapMutation[] {
  const ids = [...new Set([...IDS, ...stages.map(({ id }) => id)])];
  const fresh = `n${String(version)}`;

  return [
    ...ids.flatMap((stageId): readonly RoadmapMutation[] => [
      { type: 'start', stageId },
      { type: 'complete', stageId, guarantees: [`${stageId} holds`], summary: `summary ${fresh}` },
      { type: 'skip', stageId, reason: 'not wanted' },
      { type: 'reopen', stageId, reason: 'broken' },
      { type: 'block', stageId, reason: 'no answer' },
      { type: 'postpone', stageId, reason: 'later' },
      { type: 'drop', stageId, reason: 'not wanted' },
    ]),
    { type: 'add', stage: planWithSteps(fresh, 'a') },
    { type: 'add', stage: planWithSteps(fresh, stages[0]?.id ?? 'a') },
    ...stages.map((stage) => wishToSplit(stage, fresh)),
    ...stages.map(({ id }, index): RoadmapMutation => {
      const stageIds = [id, stages[(index + 1) % stages.length]?.id ?? 'a'];
      return { type: 'merge', stageIds, into: { id: fresh, name: `Merged ${fresh}`, goal: 'one of two' } };
    }),
    { type: 'reorder', stageIds: stages.map(({ id }) => id).reverse() },
    { type: 'reorder', stageIds: stages.map(({ id }) => id).sort() },
    { type: 'reorder', stageIds: IDS.slice(0, 3) },
  ];
}

function wishToSplit({ id, brief }: RoadmapStage, fresh: string): RoadmapMutation {
  const planSteps = [...brief.planSteps.keys()];
  const half = Math.floor(planSteps.length / 2);

  return {
    type: 'split',
    stageId: id,
    into: [
      { id, name: `Left ${fresh}`, goal: 'first half', planSteps: planSteps.slice(0, half) },
      { id: fresh, name: `Right ${fresh}`, goal: 'second half', planSteps: planSteps.slice(half) },
    ],
  };
}

/** Applies the first legal wish from this one on. A refusal must be one of ours and must change nothing. */
function applyNextLegal(manager: RoadmapManager, step: number, expectedVersion?: number): Roadmap {
  const before = manager.current;
  const all = listWishes(before);
  const start = step % all.length;
  const wishes = [...all.slice(start), ...all.slice(0, start)];

  wishes.some((wish) => {
    const change = changeOf(wish, `change-${String(before.version)}`);
    try {
      return !manager.apply({ ...change, ...(expectedVersion === undefined ? {} : { expectedVersion }) })
        .isRepeat;
    } catch (error) {
      if (!isJarvisError(error) || manager.current !== before) {
        throw error;
      }
      return false;
    }
  });
  expect(manager.current.version).toBe(before.version + 1);
  return manager.current;
}

/** What a mutation brings in, and what it means to take out: the work of a stage that is dropped. */
function listIntended({ current, history }: RoadmapManager, before: Roadmap) {
  const mutation = history.at(-1)?.change.mutation;
  const gained =
    mutation?.type === 'add'
      ? mutation.stage.brief.planSteps
      : mutation?.type === 'complete'
        ? [...(mutation.guarantees ?? []), mutation.summary ?? '']
        : [];
  const dropped = before.stages.filter(({ id }) => mutation?.type === 'drop' && id === mutation.stageId);
  const left = new Set(current.stages.flatMap(listOwned));
  // What was achieved is never meant to go.
  const work = dropped.flatMap(({ brief }) => [...brief.planSteps, ...brief.requirements]);

  return { gained, lost: without(work, left) };
}

function without(texts: Iterable<string>, taken: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...texts].filter((text) => !taken.has(text)));
}

/** The ids that the last mutation names; of an order, none: it moves stages and touches none. */
function listNamed({ history }: RoadmapManager): ReadonlySet<string> {
  const mutation = history.at(-1)?.change.mutation;
  if (mutation === undefined || mutation.type === 'add' || mutation.type === 'reorder') return new Set();
  return new Set(mutation.type === 'merge' ? mutation.stageIds : [mutation.stageId]);
}

function listOwned({ brief, guarantees = [], summaries = [] }: RoadmapStage): readonly string[] {
  return [...brief.planSteps, ...brief.requirements, ...guarantees, ...summaries];
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
