import { InvalidRoadmapError } from '../errors.ts';
import { listStageProblems } from '../invariants.ts';
import { toPendingStage } from '../roadmap-stage.ts';
import type { NewStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to put a new stage at the end of the roadmap. */
export interface AddStage {
  readonly type: 'add';
  readonly stage: NewStage;
}

/**
 * Puts a new stage at the end of the roadmap.
 *
 * @throws {@link InvalidRoadmapError} when its id is invalid or taken, or when it depends on a stage that does not
 * exist or on itself.
 */
export function addStage(roadmap: Roadmap, { stage }: AddStage): Roadmap {
  const added = toPendingStage(stage);
  const ids = new Set(roadmap.stages.map(({ id }) => id));
  // Nothing can depend on a stage that was not there, so a new stage never closes a circle.
  const problems = listStageProblems(added, ids);

  if (ids.has(added.id)) {
    throw new InvalidRoadmapError({ problems: [{ type: 'duplicate_id', stageId: added.id }, ...problems] });
  }
  if (problems.length > 0) {
    throw new InvalidRoadmapError({ problems });
  }

  return { ...roadmap, stages: [...roadmap.stages, added] };
}
