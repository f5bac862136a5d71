import { InvalidMutationError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to work again on a stage that was over or blocked. */
export interface ReopenStage {
  readonly type: 'reopen';
  readonly stageId: string;
  readonly reason: string;
}

const REOPENABLE: readonly StageStatus[] = ['completed', 'skipped', 'blocked'];

/**
 * Brings a stage back that was over or blocked. Stages that depend on it keep their status: whether its repair
 * concerns them is seen by checking them again.
 *
 * @throws {@link InvalidMutationError} when the stage is neither completed nor skipped nor blocked.
 */
export function reopenStage(roadmap: Roadmap, { stageId, reason }: ReopenStage): Roadmap {
  const stage = requireStage(roadmap, stageId);

  if (!REOPENABLE.includes(stage.status)) {
    throw new InvalidMutationError({
      mutation: 'reopen',
      stageId,
      status: stage.status,
      allowed: REOPENABLE,
    });
  }

  return withStage(roadmap, { ...stage, status: 'reopened', note: reason });
}
