import { InvalidMutationError } from '../errors.ts';
import { requireStage } from '../queries.ts';
import { InvalidDivisionError } from '../restructure-errors.ts';
import { withLists } from '../roadmap-stage.ts';
import type { RoadmapStage } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';
import { REARRANGEABLE } from './merge-stages.ts';
import { replaceStages } from './replace-stages.ts';
import { listDivisionProblems, toPartBrief } from './stage-part.ts';
import type { StagePart } from './stage-part.ts';

/** The wish to make several stages of one. */
export interface SplitStage {
  readonly type: 'split';
  readonly stageId: string;
  /** Two parts or more; one of them may keep the id of the stage. */
  readonly into: readonly StagePart[];
}

/**
 * Makes several stages of one, in its place. Together they take every plan step of it once and every requirement.
 * Each keeps its status, its note, what it depended on, its guarantees and its summaries. What depended on it
 * depends on all the parts.
 *
 * @throws {@link InvalidMutationError} when the stage is worked on, over or blocked.
 * @throws {@link InvalidDivisionError} when there are fewer than two parts, or plan steps or requirements are left over,
 * taken twice or not there.
 * @throws {@link InvalidRoadmapError} when an id or a name is taken, or a circle would arise.
 * @throws {@link RoadmapLimitError} when the roadmap would grow beyond its limits.
 */
export function splitStage(roadmap: Roadmap, { stageId, into }: SplitStage): Roadmap {
  const stage = requireStage(roadmap, stageId);
  const { status, brief } = stage;

  if (!REARRANGEABLE.includes(status)) {
    throw new InvalidMutationError({ mutation: 'split', stageId, status, allowed: REARRANGEABLE });
  }
  if (into.length < 2) {
    throw new InvalidDivisionError({ stageId, problems: [{ type: 'too_few', parts: into.length }] });
  }
  const problems = listDivisionProblems(brief, into);
  if (problems.length > 0) {
    throw new InvalidDivisionError({ stageId, problems });
  }

  return replaceStages(roadmap, { removed: [stageId], added: into.map((part) => toStage(stage, part)) });
}

function toStage(stage: RoadmapStage, part: StagePart): RoadmapStage {
  const { dependsOn = [], categories = stage.categories ?? [] } = part;
  const { categories: _replaced, ...kept } = stage;

  return {
    ...kept,
    id: part.id,
    brief: toPartBrief(stage.brief, part),
    dependsOn: [...new Set([...stage.dependsOn, ...dependsOn])],
    ...withLists({ categories }),
  };
}
