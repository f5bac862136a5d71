import { toPendingStage } from '../roadmap-stage.ts';
import type { NewStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { replaceStages } from './replace-stages.ts';

/** The wish to put a new stage at the end of the roadmap. */
export interface AddStage {
  readonly type: 'add';
  readonly stage: NewStage;
}

/**
 * Puts a new stage at the end of the roadmap.
 *
 * @throws {@link InvalidRoadmapError} when its id is invalid or taken, its name is taken, its category is not allowed,
 * or when it depends on a stage that does not exist or on itself.
 * @throws {@link RoadmapLimitError} when the roadmap would grow beyond its limits.
 */
export function addStage(roadmap: Roadmap, { stage }: AddStage): Roadmap {
  return replaceStages(roadmap, { removed: [], added: [toPendingStage(stage)] });
}
