import { RoadmapVersionConflictError } from '../errors.ts';
import type { HistoryEntry } from '../history/history.ts';
import { assertNothingNeedsSkipped } from '../invariants.ts';
import { RoadmapChurnError } from '../restructure-errors.ts';
import { MAX_RESTRUCTURES } from '../roadmap-rules.ts';
import type { Roadmap } from '../roadmap.ts';
import { addStage } from './add-stage.ts';
import { blockStage } from './block-stage.ts';
import { completeStage } from './complete-stage.ts';
import { dropStage } from './drop-stage.ts';
import { mergeStages } from './merge-stages.ts';
import type { RoadmapMutation } from './mutation.ts';
import { postponeStage } from './postpone-stage.ts';
import { reopenStage } from './reopen-stage.ts';
import { reorderStages } from './reorder-stages.ts';
import type { RoadmapChange } from './roadmap-change.ts';
import { skipStage } from './skip-stage.ts';
import { splitStage } from './split-stage.ts';
import { startStage } from './start-stage.ts';

/** What a change has led to. */
export interface MutationOutcome {
  readonly roadmap: Roadmap;
  /** The line of history to record. For a repeated change: the line that was recorded the first time. */
  readonly entry: HistoryEntry;
  /** The change had been applied before, so the roadmap is the one that was given. */
  readonly isRepeat: boolean;
}

/**
 * Applies a change and gives the next version, which shares every stage that was not touched.
 *
 * A roadmap does not remember who changed it, so whoever may see a change twice passes what was applied so far, by
 * change id; {@link RoadmapManager} does. A repeat is recognised before its version is compared: an author who sends
 * a change again has not looked at the version that it made.
 *
 * @throws {@link RoadmapVersionConflictError} when the author looked at another version.
 * @throws {@link UnknownStageError} when the roadmap has no stage with the id that is named.
 * @throws {@link InvalidMutationError} when the status of the stage does not allow the mutation.
 * @throws {@link UnmetDependencyError} when a stage would start before one that it depends on is completed.
 * @throws {@link SkippedDependencyError} when a stage would wait for a skipped one.
 * @throws {@link InvalidRoadmapError} when a stage that comes in does not fit.
 * @throws {@link InvalidOrderError} when a new order is not one.
 * @throws {@link InvalidMergeError} when a merge does not name two different stages.
 * @throws {@link InvalidDivisionError} when the parts of a split do not take over what the stage has.
 * @throws {@link NeededStageError} when a stage would be dropped that another one depends on.
 * @throws {@link RoadmapLimitError} when the roadmap would grow beyond its limits.
 * @throws {@link RoadmapChurnError} when stages were merged and split 20 times and none was completed.
 */
export function applyMutation(
  roadmap: Roadmap,
  change: RoadmapChange,
  applied?: ReadonlyMap<string, HistoryEntry>,
): MutationOutcome {
  const earlier = applied?.get(change.id);
  if (earlier !== undefined) {
    return { roadmap, entry: earlier, isRepeat: true };
  }

  const { expectedVersion = roadmap.version, mutation } = change;
  if (expectedVersion !== roadmap.version) {
    throw new RoadmapVersionConflictError({ expectedVersion, current: roadmap });
  }

  const mutated = mutate(roadmap, mutation);
  for (const stageId of stagesToLookAround(mutation)) {
    assertNothingNeedsSkipped(mutated, stageId);
  }
  const version = roadmap.version + 1;
  const next = { ...countRestructured(mutated, mutation), version };

  return { roadmap: next, entry: { version, change }, isRepeat: false };
}

/** Completing a stage is the progress that makes up for any number of merges and splits. */
function countRestructured(roadmap: Roadmap, { type }: RoadmapMutation): Roadmap {
  const { restructured = 0, ...rest } = roadmap;
  if (type === 'complete') {
    return rest;
  }
  if (type !== 'merge' && type !== 'split') {
    return roadmap;
  }
  if (restructured >= MAX_RESTRUCTURES) {
    throw new RoadmapChurnError({ restructured });
  }
  return { ...rest, restructured: restructured + 1 };
}

function mutate(roadmap: Roadmap, mutation: RoadmapMutation): Roadmap {
  switch (mutation.type) {
    case 'add':
      return addStage(roadmap, mutation);
    case 'drop':
      return dropStage(roadmap, mutation);
    case 'merge':
      return mergeStages(roadmap, mutation);
    case 'split':
      return splitStage(roadmap, mutation);
    case 'start':
      return startStage(roadmap, mutation);
    case 'complete':
      return completeStage(roadmap, mutation);
    case 'skip':
      return skipStage(roadmap, mutation);
    case 'reopen':
      return reopenStage(roadmap, mutation);
    case 'block':
      return blockStage(roadmap, mutation);
    case 'postpone':
      return postponeStage(roadmap, mutation);
    case 'reorder':
      return reorderStages(roadmap, mutation);
  }
}

/** The other mutations neither skip a stage nor bring one back, so what held before them holds after them. */
function stagesToLookAround(mutation: RoadmapMutation): readonly string[] {
  switch (mutation.type) {
    case 'add':
      return [mutation.stage.id];
    case 'split':
      // A part that names no stage waits for the same ones as the stage that is split.
      return mutation.into.flatMap(({ id, dependsOn = [] }) => (dependsOn.length > 0 ? [id] : []));
    case 'skip':
    case 'reopen':
      return [mutation.stageId];
    case 'drop':
    case 'merge':
    case 'start':
    case 'complete':
    case 'block':
    case 'postpone':
    case 'reorder':
      return [];
  }
}
