import { InvalidMutationError } from '../errors.ts';
import { requireStage } from '../queries.ts';
import { InvalidMergeError } from '../restructure-errors.ts';
import { withLists } from '../roadmap-stage.ts';
import type { RoadmapStage, StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { replaceStages } from './replace-stages.ts';

/** The wish to make one stage of several. */
export interface MergeStages {
  readonly type: 'merge';
  /** Two stages or more, each named once. */
  readonly stageIds: readonly string[];
  /** What the one stage is called; its id may be that of one of the merged stages. */
  readonly into: MergedStage;
}

/** What a merge decides about the new stage; everything else comes from the stages that are merged. */
export interface MergedStage {
  readonly id: string;
  readonly name: string;
  readonly goal: string;
}

/** What may be rearranged: a stage that is worked on, is over or waits for a decision stays as it is. */
export const REARRANGEABLE: readonly StageStatus[] = ['pending', 'reopened', 'pending_retry'];

/** The status of a merged stage is the one that says most about the past of its parts. */
const BY_WEIGHT: readonly StageStatus[] = ['reopened', 'pending_retry', 'pending'];

/**
 * Makes one stage of several, in the place of the first: their plan steps in the order in which the merge names them,
 * a step that two stages share once, and all they require, guarantee and depend on. What depended on one of them
 * depends on the new stage.
 *
 * @throws {@link InvalidMergeError} when fewer than two stages are named, or one twice.
 * @throws {@link InvalidMutationError} when one is worked on, over or blocked.
 * @throws {@link InvalidRoadmapError} when the new id or name is taken, or a circle would arise.
 */
export function mergeStages(roadmap: Roadmap, { stageIds, into }: MergeStages): Roadmap {
  if (stageIds.length < 2 || new Set(stageIds).size < stageIds.length) {
    throw new InvalidMergeError({ stageIds });
  }
  const merged = stageIds.map((stageId) => requireStage(roadmap, stageId));
  merged.forEach(({ id: stageId, status }) => {
    if (!REARRANGEABLE.includes(status)) {
      throw new InvalidMutationError({ mutation: 'merge', stageId, status, allowed: REARRANGEABLE });
    }
  });

  return replaceStages(roadmap, { removed: stageIds, added: [toOneStage(merged, into)] });
}

function toOneStage(merged: readonly RoadmapStage[], { id, name, goal }: MergedStage): RoadmapStage {
  const ids = new Set(merged.map((stage) => stage.id));
  const dependsOn = new Set(merged.flatMap((stage) => stage.dependsOn).filter((other) => !ids.has(other)));
  const notes = new Set(merged.flatMap(({ note }) => note ?? []));

  return {
    id,
    brief: {
      name,
      goal,
      planSteps: merged.reduce<string[]>((steps, { brief }) => join(steps, brief.planSteps), []),
      requirements: [...new Set(merged.flatMap(({ brief }) => brief.requirements))],
    },
    dependsOn: [...dependsOn],
    status: BY_WEIGHT.find((status) => merged.some((stage) => stage.status === status)) ?? 'pending',
    ...(notes.size === 0 ? {} : { note: [...notes].join('; ') }),
    ...withLists({
      categories: merged.flatMap(({ categories = [] }) => categories),
      guarantees: merged.flatMap(({ guarantees = [] }) => guarantees),
      summaries: merged.flatMap(({ summaries = [] }) => summaries),
    }),
  };
}

/** A step that one stage does twice on purpose is kept twice; one that two stages share is done once. */
function join(steps: readonly string[], more: readonly string[]): string[] {
  const known = new Set(steps);

  return [...steps, ...more.filter((step) => !known.has(step))];
}
