import { InvalidMutationError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to leave a stage undone for good. */
export interface SkipStage {
  readonly type: 'skip';
  readonly stageId: string;
  readonly reason: string;
}

const SKIPPABLE: readonly StageStatus[] = ['pending', 'reopened', 'pending_retry'];

/**
 * Marks a stage as one that will not be done.
 *
 * @throws {@link InvalidMutationError} when the stage has started or is over.
 */
export function skipStage(roadmap: Roadmap, { stageId, reason }: SkipStage): Roadmap {
  const stage = requireStage(roadmap, stageId);

  // An active stage may own unfinished effects; its machine has to stop first.
  if (!SKIPPABLE.includes(stage.status)) {
    throw new InvalidMutationError({ mutation: 'skip', stageId, status: stage.status, allowed: SKIPPABLE });
  }

  return withStage(roadmap, { ...stage, status: 'skipped', note: reason });
}
