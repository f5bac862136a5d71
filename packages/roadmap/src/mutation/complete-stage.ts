import { InvalidMutationError } from '../errors.ts';
import { requireStage, withStage } from '../queries.ts';
import { withLists, withStatus } from '../roadmap-stage.ts';
import type { StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

/** The wish to mark an active stage as done. */
export interface CompleteStage {
  readonly type: 'complete';
  readonly stageId: string;
  /** What should be known about the result, such as findings that were accepted. */
  readonly note?: string;
  /** What holds now and must go on holding; it is added to what the stage guaranteed before. */
  readonly guarantees?: readonly string[];
  /** Where the summary of the work is. */
  readonly summary?: string;
}

const COMPLETABLE: readonly StageStatus[] = ['active'];

/**
 * Marks the stage as done. What was noted about the unfinished stage is replaced by the mutation's note, if it has one.
 *
 * @throws {@link InvalidMutationError} when the stage is not active.
 */
export function completeStage(
  roadmap: Roadmap,
  { stageId, note, guarantees = [], summary }: CompleteStage,
): Roadmap {
  const stage = requireStage(roadmap, stageId);

  if (!COMPLETABLE.includes(stage.status)) {
    throw new InvalidMutationError({
      mutation: 'complete',
      stageId,
      status: stage.status,
      allowed: COMPLETABLE,
    });
  }

  const achieved = withLists({
    guarantees: [...(stage.guarantees ?? []), ...guarantees],
    summaries: [...(stage.summaries ?? []), ...(summary === undefined ? [] : [summary])],
  });

  return withStage(roadmap, { ...withStatus(stage, 'completed', note), ...achieved });
}
