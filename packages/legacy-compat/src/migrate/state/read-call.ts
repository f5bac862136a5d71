import { chargedPrices } from '../../dialects/charged-prices.ts';
import type { OldCall } from './old-run.ts';
import { callShape } from './old-shapes.ts';
import { readMoments } from './read-moment.ts';

const TOKENS_PER_PRICE = 1_000_000;

/** A paid call, and what was assumed about it. */
export interface ReadCall {
  readonly call: OldCall;
  readonly notes: readonly string[];
}

/** A paid call of a cost log; `undefined` for a line about the whole run. */
export function readCall(document: Readonly<Record<string, unknown>>, nowMs: number): ReadCall | undefined {
  const parsed = callShape.safeParse(document);
  if (!parsed.success) return undefined;
  const {
    role,
    model,
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    cost_usd,
    usd = cost_usd,
  } = parsed.data;
  const atMs = readMoments(document, nowMs).at(0)?.ms;
  const price = Object.hasOwn(chargedPrices.models, model) ? chargedPrices.models[model] : undefined;
  const charged =
    price === undefined ? 0 : (inputTokens * price.input + outputTokens * price.output) / TOKENS_PER_PRICE;
  return {
    call: { role, model, inputTokens, outputTokens, usd: usd ?? charged, atMs },
    notes: usd === undefined ? ['calls without a price were counted at what the predecessor charged'] : [],
  };
}
