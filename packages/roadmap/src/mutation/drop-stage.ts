import { InvalidMutationError, InvalidRoadmapError } from '../errors.ts';
import { requireStage } from '../queries.ts';
import { NeededStageError } from '../restructure-errors.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to take a stage that was never begun out of the roadmap. */
export interface DropStage {
  readonly type: 'drop';
  readonly stageId: string;
  readonly reason: string;
}

/** Whatever was begun once has a past, and a skipped stage says why it is not done. */
const DROPPABLE: readonly StageStatus[] = ['pending'];

/**
 * Takes a stage out of the roadmap, as if it had not been planned; the history alone remembers it.
 *
 * @throws {@link InvalidMutationError} when the stage was begun, skipped or blocked.
 * @throws {@link NeededStageError} when another stage depends on it.
 * @throws {@link InvalidRoadmapError} when it is the only stage.
 */
export function dropStage(roadmap: Roadmap, { stageId }: DropStage): Roadmap {
  const { status } = requireStage(roadmap, stageId);

  if (!DROPPABLE.includes(status)) {
    throw new InvalidMutationError({ mutation: 'drop', stageId, status, allowed: DROPPABLE });
  }
  const dependents = roadmap.stages.filter(({ dependsOn }) => dependsOn.includes(stageId));
  if (dependents.length > 0) {
    throw new NeededStageError({ stageId, dependents: dependents.map(({ id }) => id) });
  }
  const stages = roadmap.stages.filter(({ id }) => id !== stageId);
  if (stages.length === 0) {
    throw new InvalidRoadmapError({ problems: [{ type: 'empty' }] });
  }

  return { ...roadmap, stages };
}
