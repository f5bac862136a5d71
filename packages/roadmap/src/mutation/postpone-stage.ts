import { InvalidMutationError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to try an active stage again later, after all others. */
export interface PostponeStage {
  readonly type: 'postpone';
  readonly stageId: string;
  readonly reason: string;
}

const POSTPONABLE: readonly StageStatus[] = ['active'];

/**
 * Puts a stage that was tried and could not be worked on behind all others, to be tried again later.
 *
 * @throws {@link InvalidMutationError} when the stage is not active.
 */
export function postponeStage(roadmap: Roadmap, { stageId, reason }: PostponeStage): Roadmap {
  const stage = requireStage(roadmap, stageId);

  if (!POSTPONABLE.includes(stage.status)) {
    throw new InvalidMutationError({
      mutation: 'postpone',
      stageId,
      status: stage.status,
      allowed: POSTPONABLE,
    });
  }

  return withStage(roadmap, { ...stage, status: 'pending_retry', note: reason });
}
