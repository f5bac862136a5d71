import { isValidId } from '@jarvis/core';

import { SkippedDependencyError } from './errors.ts';
import { listCategoryProblems, listNameProblems } from './naming-problems.ts';
import { requireStage } from './queries.ts';
import type { RoadmapRules } from './roadmap-rules.ts';
import type { RoadmapStage } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/** One reason why stages do not make a roadmap. */
export type RoadmapProblem =
  | { readonly type: 'empty' }
  | { readonly type: 'invalid_id'; readonly stageId: string }
  | { readonly type: 'duplicate_id'; readonly stageId: string }
  | { readonly type: 'unknown_dependency'; readonly stageId: string; readonly dependency: string }
  | { readonly type: 'self_dependency'; readonly stageId: string }
  /** Each stage depends on the next; the first one is repeated at the end. */
  | { readonly type: 'cycle'; readonly stageIds: readonly string[] }
  | {
      readonly type: 'similar_name';
      readonly stageId: string;
      readonly otherId: string;
      readonly name: string;
    }
  | {
      readonly type: 'unknown_category';
      readonly stageId: string;
      readonly category: string;
      readonly allowed: readonly string[];
    };

type Dependent = Pick<RoadmapStage, 'id' | 'dependsOn'>;

/** Everything that keeps these stages from being a roadmap; nothing when they are one. */
export function listRoadmapProblems(
  stages: readonly RoadmapStage[],
  rules: RoadmapRules = {},
): readonly RoadmapProblem[] {
  if (stages.length === 0) {
    return [{ type: 'empty' }];
  }
  const ids = new Set(stages.map(({ id }) => id));
  const cycle = findCycle(stages);

  return [
    ...listDuplicates(stages),
    ...stages.flatMap((stage) => listStageProblems(stage, ids)),
    ...(cycle === undefined ? [] : [{ type: 'cycle', stageIds: cycle } as const]),
    ...listNameProblems(stages),
    ...stages.flatMap((stage) => listCategoryProblems(stage, rules)),
  ];
}

/** What is wrong with one stage among stages with these ids. */
export function listStageProblems(stage: Dependent, ids: ReadonlySet<string>): readonly RoadmapProblem[] {
  const { id: stageId, dependsOn } = stage;
  const unknown = dependsOn.filter((dependency) => dependency !== stageId && !ids.has(dependency));

  return [
    ...(isValidId(stageId) ? [] : [{ type: 'invalid_id', stageId } as const]),
    ...(dependsOn.includes(stageId) ? [{ type: 'self_dependency', stageId } as const] : []),
    ...unknown.map((dependency) => ({ type: 'unknown_dependency', stageId, dependency }) as const),
  ];
}

/**
 * Refuses a roadmap in which the given stage, or one that needs it, waits for a skipped stage.
 *
 * It looks around one stage only, so that a change costs the same whatever was changed before.
 *
 * @throws {@link SkippedDependencyError}
 */
export function assertNothingNeedsSkipped(roadmap: Roadmap, stageId: string): void {
  const stage = requireStage(roadmap, stageId);
  if (stage.status === 'skipped') {
    const waiting = roadmap.stages.filter(
      ({ status, dependsOn }) => status !== 'skipped' && dependsOn.includes(stageId),
    );
    refuse(
      [stageId],
      waiting.map(({ id }) => id),
    );
    return;
  }
  refuse(
    stage.dependsOn.filter((id) => requireStage(roadmap, id).status === 'skipped'),
    [stageId],
  );
}

function refuse(skipped: readonly string[], dependents: readonly string[]): void {
  if (skipped.length > 0 && dependents.length > 0) {
    throw new SkippedDependencyError({ skipped, dependents });
  }
}

function listDuplicates(stages: readonly Dependent[]): readonly RoadmapProblem[] {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const { id } of stages) {
    if (seen.has(id)) {
      duplicates.add(id);
    }
    seen.add(id);
  }
  return [...duplicates].map((stageId) => ({ type: 'duplicate_id', stageId }));
}

/** Takes away what depends on nothing that is left, until only circles and what waits for them remain. */
function findCycle(stages: readonly Dependent[]): readonly string[] | undefined {
  const waitsFor = readDependencies(stages);
  const neededBy = invert(waitsFor);
  const free = [...waitsFor].filter(([, dependencies]) => dependencies.size === 0).map(([id]) => id);

  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    waitsFor.delete(id);
    for (const dependent of neededBy.get(id) ?? []) {
      const left = waitsFor.get(dependent);
      if (left?.delete(id) === true && left.size === 0) {
        free.push(dependent);
      }
    }
  }
  return followToRepeat(waitsFor);
}

/** Unknown and self dependencies are problems of their own, not circles. */
function readDependencies(stages: readonly Dependent[]): Map<string, Set<string>> {
  const ids = new Set(stages.map(({ id }) => id));

  return new Map(
    stages.map(({ id, dependsOn }) => [
      id,
      new Set(dependsOn.filter((other) => other !== id && ids.has(other))),
    ]),
  );
}

function invert(waitsFor: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  const neededBy = new Map<string, string[]>();
  for (const [id, dependencies] of waitsFor) {
    for (const dependency of dependencies) {
      const dependents = neededBy.get(dependency) ?? [];
      dependents.push(id);
      neededBy.set(dependency, dependents);
    }
  }
  return neededBy;
}

/** Whoever is left depends on somebody who is left, so the walk must come back to where it has been. */
function followToRepeat(waitsFor: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const visited = new Map<string, number>();
  let id = waitsFor.keys().next().value;

  while (id !== undefined && !visited.has(id)) {
    visited.set(id, visited.size);
    id = waitsFor.get(id)?.values().next().value;
  }
  return id === undefined ? undefined : [...[...visited.keys()].slice(visited.get(id)), id];
}
