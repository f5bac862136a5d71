import { InvalidMutationError, UnmetDependencyError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to begin work on a stage that is ready. */
export interface StartStage {
  readonly type: 'start';
  readonly stageId: string;
}

const STARTABLE: readonly StageStatus[] = ['pending', 'reopened', 'pending_retry'];

/**
 * Marks a stage as the one that is worked on. Its note stays: why it was reopened or postponed matters to the work.
 *
 * @throws {@link InvalidMutationError} when the stage has started, is over or is blocked.
 * @throws {@link UnmetDependencyError} when a stage that it depends on is not completed.
 */
export function startStage(roadmap: Roadmap, { stageId }: StartStage): Roadmap {
  const stage = requireStage(roadmap, stageId);

  if (!STARTABLE.includes(stage.status)) {
    throw new InvalidMutationError({ mutation: 'start', stageId, status: stage.status, allowed: STARTABLE });
  }
  const unmet = stage.dependsOn.filter((id) => requireStage(roadmap, id).status !== 'completed');
  if (unmet.length > 0) {
    throw new UnmetDependencyError({ stageId, unmet });
  }

  return withStage(roadmap, { ...stage, status: 'active' });
}
