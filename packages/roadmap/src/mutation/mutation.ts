import { z } from 'zod';

import { quoteText } from '../escape-unsafe.ts';
import { newStageSchema } from '../roadmap-stage.ts';
import type { AddStage } from './add-stage.ts';
import type { BlockStage } from './block-stage.ts';
import type { CompleteStage } from './complete-stage.ts';
import type { DropStage } from './drop-stage.ts';
import type { MergeStages } from './merge-stages.ts';
import type { PostponeStage } from './postpone-stage.ts';
import type { ReopenStage } from './reopen-stage.ts';
import type { ReorderStages } from './reorder-stages.ts';
import type { SkipStage } from './skip-stage.ts';
import type { SplitStage } from './split-stage.ts';
import { stagePartSchema } from './stage-part.ts';
import type { StartStage } from './start-stage.ts';

/** One way in which a roadmap may change. */
export type RoadmapMutation =
  | AddStage
  | DropStage
  | MergeStages
  | SplitStage
  | ReorderStages
  | SkipStage
  | StartStage
  | CompleteStage
  | ReopenStage
  | BlockStage
  | PostponeStage;

const stageId = z.string().min(1);
const text = z.string().trim().min(1);

const options = [
  z.strictObject({ type: z.literal('add'), stage: newStageSchema }),
  z.strictObject({ type: z.literal('drop'), stageId, reason: text }),
  z.strictObject({
    type: z.literal('merge'),
    stageIds: z.array(stageId),
    into: z.strictObject({ id: stageId, name: text, goal: text }),
  }),
  z.strictObject({ type: z.literal('split'), stageId, into: z.array(stagePartSchema) }),
  z.strictObject({ type: z.literal('reorder'), stageIds: z.array(stageId) }),
  z.strictObject({ type: z.literal('skip'), stageId, reason: text }),
  z.strictObject({ type: z.literal('start'), stageId }),
  z.strictObject({
    type: z.literal('complete'),
    stageId,
    note: z.string().min(1).exactOptional(),
    guarantees: z.array(text).exactOptional(),
    summary: text.exactOptional(),
  }),
  z.strictObject({ type: z.literal('reopen'), stageId, reason: text }),
  z.strictObject({ type: z.literal('block'), stageId, reason: text }),
  z.strictObject({ type: z.literal('postpone'), stageId, reason: text }),
] as const;

const KINDS = options.map(({ shape }) => shape.type.value).join(', ');

/** Parses a mutation that came from outside; unknown keys are refused. */
export const roadmapMutationSchema: z.ZodType<RoadmapMutation> = z.discriminatedUnion('type', options, {
  error: ({ input }) => describeKind(input),
});

/** Whatever is no object at all is described by zod. */
function describeKind(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { type } = { type: undefined, ...input };

  return `must be one of ${KINDS}${typeof type === 'string' ? `, got ${quoteText(type)}` : ''}`;
}
