import { UnknownStageError } from './errors.ts';
import type { RoadmapStage, StageStatus } from './roadmap-stage.ts';
import type { Roadmap } from './roadmap.ts';

/** Whom to work on first: repair what was done, then do what was never tried, then try again what failed. */
const READY_IN_ORDER: readonly StageStatus[] = ['reopened', 'pending', 'pending_retry'];

/** The stage with this id, if the roadmap has one. */
export function findStage(roadmap: Roadmap, stageId: string): RoadmapStage | undefined {
  return roadmap.stages.find(({ id }) => id === stageId);
}

/**
 * The stage with this id, for whoever cannot go on without it.
 *
 * @throws {@link UnknownStageError} when the roadmap has no such stage.
 */
export function requireStage(roadmap: Roadmap, stageId: string): RoadmapStage {
  const stage = findStage(roadmap, stageId);

  if (stage === undefined) {
    throw new UnknownStageError({ stageId, known: roadmap.stages.map(({ id }) => id) });
  }
  return stage;
}

/**
 * The stages that may start now, the one to take first in front: reopened stages, then pending, then postponed ones,
 * each in the order of the roadmap.
 *
 * A stage is ready when everything it depends on is completed. How often a postponed stage is tried again is the
 * caller's decision.
 */
export function readyStages(roadmap: Roadmap): readonly RoadmapStage[] {
  const completed = new Set(
    roadmap.stages.filter(({ status }) => status === 'completed').map(({ id }) => id),
  );

  return READY_IN_ORDER.flatMap((wanted) =>
    roadmap.stages.filter(
      ({ status, dependsOn }) => status === wanted && dependsOn.every((id) => completed.has(id)),
    ),
  );
}

/** The roadmap with one of its stages, found by id, replaced; every other stage is shared with the version before. */
export function withStage(roadmap: Roadmap, stage: RoadmapStage): Roadmap {
  const index = roadmap.stages.findIndex(({ id }) => id === stage.id);

  return { ...roadmap, stages: roadmap.stages.with(index, stage) };
}
