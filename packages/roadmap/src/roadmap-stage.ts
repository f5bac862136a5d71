import { stageBriefSchema } from '@jarvis/core';
import type { StageBrief } from '@jarvis/core';
import { z } from 'zod';

/** What the plan says about a stage. Where inside an active stage the work is belongs to `@jarvis/stages`. */
export const stageStatusSchema = z.enum([
  'pending',
  'active',
  'completed',
  'skipped',
  'reopened',
  'blocked',
  'pending_retry',
]);

export type StageStatus = z.infer<typeof stageStatusSchema>;

/** One entry of the roadmap, as it stands in one version. */
export interface RoadmapStage {
  readonly id: string;
  readonly brief: StageBrief;
  /** Ids of the stages that must be completed before this one may start. */
  readonly dependsOn: readonly string[];
  readonly status: StageStatus;
  /** Why the stage has its status, in the words of whoever gave it. */
  readonly note?: string;
  /** What kinds of work it is; left out when nobody said. */
  readonly categories?: readonly string[];
  /** What held when the stage was completed, such as the checks that passed, and must go on holding. */
  readonly guarantees?: readonly string[];
  /** Where the summaries of the work on it are, oldest first: ids or hashes that its author understands. */
  readonly summaries?: readonly string[];
}

/** Parses a stage that somebody plans: unknown keys are refused, `dependsOn` may be left out. */
export const newStageSchema = z.strictObject({
  id: z.string(),
  brief: stageBriefSchema,
  dependsOn: z.array(z.string()).exactOptional(),
  categories: z.array(z.string().min(1)).exactOptional(),
});

/** A stage as it is planned; it enters the roadmap as `pending`. */
export interface NewStage {
  readonly id: string;
  readonly brief: StageBrief;
  /** Default: none. */
  readonly dependsOn?: readonly string[];
  /** Default: none. */
  readonly categories?: readonly string[];
}

export function toPendingStage({ id, brief, dependsOn = [], categories = [] }: NewStage): RoadmapStage {
  return { id, brief, dependsOn: [...dependsOn], status: 'pending', ...withLists({ categories }) };
}

/** The stage in another status. Without a note, what was said about the old status is dropped. */
export function withStatus(stage: RoadmapStage, status: StageStatus, note?: string): RoadmapStage {
  const { note: _dropped, ...rest } = stage;

  return { ...rest, status, ...(note === undefined ? {} : { note }) };
}

type Lists = Pick<RoadmapStage, 'categories' | 'guarantees' | 'summaries'>;

/** The lists of a stage that say something; an empty one is left out, so that equal stages look equal. */
export function withLists(lists: Lists): Lists {
  const { categories = [], guarantees = [], summaries = [] } = lists;

  return {
    ...(categories.length > 0 ? { categories: unique(categories) } : {}),
    ...(guarantees.length > 0 ? { guarantees: unique(guarantees) } : {}),
    ...(summaries.length > 0 ? { summaries: unique(summaries) } : {}),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
