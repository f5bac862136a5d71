import { InvalidMutationError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to stop a stage until somebody decides what becomes of it. */
export interface BlockStage {
  readonly type: 'block';
  readonly stageId: string;
  readonly reason: string;
}

const BLOCKABLE: readonly StageStatus[] = ['pending', 'active', 'reopened', 'pending_retry'];

/**
 * Marks a stage as one that cannot go on until somebody decides: only `reopen` brings it back.
 *
 * @throws {@link InvalidMutationError} when the stage is over or blocked already.
 */
export function blockStage(roadmap: Roadmap, { stageId, reason }: BlockStage): Roadmap {
  const stage = requireStage(roadmap, stageId);

  if (!BLOCKABLE.includes(stage.status)) {
    throw new InvalidMutationError({ mutation: 'block', stageId, status: stage.status, allowed: BLOCKABLE });
  }

  return withStage(roadmap, { ...stage, status: 'blocked', note: reason });
}
