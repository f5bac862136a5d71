import { z } from 'zod';

import type { OldCall } from './old-run.ts';

const number = z.number().nonnegative().catch(0);
const sumSchema = z.object({ total_usd: number, prompt_tokens: number, completion_tokens: number });
const summarySchema = z
  .object({ total_usd: number, by_role: z.record(z.string(), sumSchema).catch({}) })
  .catch({ total_usd: 0, by_role: {} });

/** What stands where the model of a sum would. */
const SUMMED = 'all models';

/** The sums of a cost summary: one for each role, or one for all. The tokens were struck out of most of them. */
export function readSums(summary: unknown): readonly OldCall[] {
  const { total_usd: total, by_role: roles } = summarySchema.parse(summary);
  const sums = Object.entries(roles).map(([role, sum]) => ({
    role,
    model: SUMMED,
    inputTokens: sum.prompt_tokens,
    outputTokens: sum.completion_tokens,
    usd: sum.total_usd,
    atMs: undefined,
  }));
  const one = {
    role: 'manager',
    model: SUMMED,
    inputTokens: 0,
    outputTokens: 0,
    usd: total,
    atMs: undefined,
  };
  if (sums.length > 0) return sums;
  return total > 0 ? [one] : [];
}
