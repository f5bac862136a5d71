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
}

/** Parses a stage that somebody plans: unknown keys are refused, `dependsOn` may be left out. */
export const newStageSchema = z.strictObject({
  id: z.string(),
  brief: stageBriefSchema,
  dependsOn: z.array(z.string()).exactOptional(),
});

/** A stage as it is planned; it enters the roadmap as `pending`. */
export interface NewStage {
  readonly id: string;
  readonly brief: StageBrief;
  /** Default: none. */
  readonly dependsOn?: readonly string[];
}

export function toPendingStage({ id, brief, dependsOn = [] }: NewStage): RoadmapStage {
  return { id, brief, dependsOn: [...dependsOn], status: 'pending' };
}

/** The stage in another status. Without a note, what was said about the old status is dropped. */
export function withStatus(stage: RoadmapStage, status: StageStatus, note?: string): RoadmapStage {
  const { id, brief, dependsOn } = stage;

  return { id, brief, dependsOn, status, ...(note === undefined ? {} : { note }) };
}
