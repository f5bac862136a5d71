import { DiffMismatchError, RoadmapVersionConflictError } from '../errors.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import type { RoadmapDiff } from './diff-versions.ts';
import { isEqualJson } from './is-equal-json.ts';

/**
 * Turns one version into the other: `applyDiff(diffVersions(a, b), a)` says the same as `b`.
 *
 * @throws {@link RoadmapVersionConflictError} when the roadmap has another version than the difference begins with.
 * @throws {@link DiffMismatchError} when a stage is not what the difference says it was.
 */
export function applyDiff(diff: RoadmapDiff, roadmap: Roadmap): Roadmap {
  if (roadmap.version !== diff.from) {
    throw new RoadmapVersionConflictError({ expectedVersion: diff.from, current: roadmap });
  }
  const byId = new Map(roadmap.stages.map((stage) => [stage.id, stage]));
  const expected = [...diff.removed, ...diff.changed.map(({ before }) => before)];
  const mismatched = [
    ...expected.filter((stage) => !isEqualJson(stage, byId.get(stage.id))),
    ...diff.added.map(({ stage }) => stage).filter(({ id }) => byId.has(id)),
  ];
  if (mismatched.length > 0) {
    throw new DiffMismatchError({ stageIds: mismatched.map(({ id }) => id) });
  }

  return { ...diff.rest, version: diff.to, stages: arrange(diff, byId) };
}

function arrange(diff: RoadmapDiff, byId: ReadonlyMap<string, RoadmapStage>): readonly RoadmapStage[] {
  const stages = new Map(byId);
  diff.removed.forEach(({ id }) => stages.delete(id));
  diff.changed.forEach(({ after }) => stages.set(after.id, after));
  if (diff.order !== undefined) {
    diff.added.forEach(({ stage }) => stages.set(stage.id, stage));
    return diff.order.flatMap((id) => stages.get(id) ?? []);
  }
  const arranged = [...stages.values()];
  diff.added.forEach(({ at, stage }) => arranged.splice(at, 0, stage));

  return arranged;
}
