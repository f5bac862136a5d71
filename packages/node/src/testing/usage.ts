import { z } from 'zod';

const tokens = z.number();

/** Token numbers are not checked on purpose: a client must survive negative, fractional and huge ones. */
const countedUsage = z.strictObject({
  promptTokens: tokens.default(100),
  completionTokens: tokens.default(50),
  /** The part of the prompt that was served from the provider's cache. */
  cachedTokens: tokens.optional(),
  /** The part of the completion that nobody sees. */
  reasoningTokens: tokens.optional(),
});

/** Written to the wire as it is, for usage that is not even made of numbers. */
const rawUsage = z.strictObject({ raw: z.json() });

/** What an answer says it cost: counts, a raw value, or `null` for an answer without usage. */
export const usageSchema = z
  .union([z.null(), rawUsage, countedUsage], {
    error:
      'expected null, { raw } or { promptTokens, completionTokens, cachedTokens, reasoningTokens } with numbers',
  })
  .default({ promptTokens: 100, completionTokens: 50 });

export type Usage = z.output<typeof usageSchema>;

/** The `usage` member of a completion, or `undefined` when the answer is to have none. */
export function toWireUsage(usage: Usage): unknown {
  if (usage === null) {
    return undefined;
  }
  if ('raw' in usage) {
    return usage.raw;
  }
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    }),
  };
}
