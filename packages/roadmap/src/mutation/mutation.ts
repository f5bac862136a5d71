import { z } from 'zod';

import { newStageSchema } from '../roadmap-stage.ts';
import type { AddStage } from './add-stage.ts';
import type { BlockStage } from './block-stage.ts';
import type { CompleteStage } from './complete-stage.ts';
import type { PostponeStage } from './postpone-stage.ts';
import type { ReopenStage } from './reopen-stage.ts';
import type { ReorderStages } from './reorder-stages.ts';
import type { SkipStage } from './skip-stage.ts';
import type { StartStage } from './start-stage.ts';

/** One way in which a roadmap may change. */
export type RoadmapMutation =
  | AddStage
  | StartStage
  | CompleteStage
  | SkipStage
  | ReopenStage
  | BlockStage
  | PostponeStage
  | ReorderStages;

const stageId = z.string().min(1);
const reason = z.string().trim().min(1);

/** Parses a mutation that came from outside; unknown keys are refused. */
export const roadmapMutationSchema: z.ZodType<RoadmapMutation> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add'), stage: newStageSchema }),
  z.strictObject({ type: z.literal('start'), stageId }),
  z.strictObject({ type: z.literal('complete'), stageId, note: z.string().min(1).exactOptional() }),
  z.strictObject({ type: z.literal('skip'), stageId, reason }),
  z.strictObject({ type: z.literal('reopen'), stageId, reason }),
  z.strictObject({ type: z.literal('block'), stageId, reason }),
  z.strictObject({ type: z.literal('postpone'), stageId, reason }),
  z.strictObject({ type: z.literal('reorder'), stageIds: z.array(stageId) }),
]);
