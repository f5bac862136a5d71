import { z } from 'zod';

import type { Steps } from '../durable/steps.ts';
import type { StepKey } from '../durable/step-records.ts';
import type { LlmClient, LlmRequest, LlmResponse } from './llm-client.ts';

/** A response as it is written down, in the journal and elsewhere. */
export const llmResponseSchema: z.ZodType<LlmResponse> = z.object({
  outcome: z.enum(['answered', 'truncated', 'filtered', 'refused', 'empty']),
  text: z.string(),
  model: z.string(),
  usage: z
    .object({
      inputTokens: z.number(),
      cachedInputTokens: z.number(),
      cacheWriteTokens: z.number().exactOptional(),
      outputTokens: z.number(),
    })
    .exactOptional(),
  isLimitLowered: z.boolean().exactOptional(),
  isSimulated: z.boolean(),
  isCached: z.literal(true).exactOptional(),
  insteadOf: z.string().exactOptional(),
  isReplayed: z.literal(true).exactOptional(),
});

/** Asks a model as one durable step: an answer that is on disk is given back and never bought again. */
export type AskModel = (request: LlmRequest, key: StepKey) => Promise<LlmResponse>;

/** The outermost decorator: turns a client into {@link AskModel} for the action whose steps are given. */
export function withJournal(client: LlmClient, steps: Steps, signal: AbortSignal): AskModel {
  return (request, key) =>
    steps.ask({
      name: `model.${request.purpose}`,
      key,
      result: llmResponseSchema,
      ask: async (stepId, attempts, place) =>
        storable(await client.complete(request, { stepId, place, attempts, signal })),
    });
}

/** The journal is JSON, which has no word for `NaN` and `Infinity`: token counts like these are as good as none. */
function storable({ usage, ...response }: LlmResponse): LlmResponse {
  return usage !== undefined && Object.values(usage).every(Number.isFinite)
    ? { ...response, usage }
    : response;
}
