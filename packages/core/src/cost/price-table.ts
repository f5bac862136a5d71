import { z } from 'zod';

import { type NanoUsd, toNanoUsd } from './money.ts';

/** What a model costs, in US dollars per million tokens, as price lists state it. */
export const modelPriceSchema = z.strictObject({
  input: z.number().nonnegative(),
  /** Input the server had cached. Default: the price of `input`. */
  cachedInput: z.number().nonnegative().optional(),
  /** Output, reasoning included. */
  output: z.number().nonnegative(),
});

export type ModelPrice = Readonly<z.infer<typeof modelPriceSchema>>;

export interface PriceTable {
  /** The day the prices were read, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** By the exact name of the model; no name stands for another. */
  readonly models: Readonly<Record<string, ModelPrice>>;
}

/**
 * Prices of common models. Source: OpenAI's public price list (platform.openai.com/docs/pricing), standard
 * tier, read on the day in `asOf`. Override or extend with the configuration key `costs.prices`.
 */
export const defaultPriceTable: PriceTable = {
  asOf: '2025-08-07',
  models: {
    // The built-in simulation; see `SIMULATION_MODEL`.
    simulation: { input: 0, output: 0 },
    'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
    'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
    'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
    'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
    'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
    'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
    'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
    'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  },
};

/** Token counts of one exchange. Reasoning counts as output. */
export interface TokenUsage {
  readonly inputTokens: number;
  /** The part of `inputTokens` the server had cached. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}

/** The price of a model, or `undefined` when the table does not name it. */
export function findPrice(table: PriceTable, model: string): ModelPrice | undefined {
  return Object.hasOwn(table.models, model) ? table.models[model] : undefined;
}

/** What an exchange of that size costs. */
export function priceOf(price: ModelPrice, usage: TokenUsage): NanoUsd {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  return (
    tokenCost(usage.inputTokens - cached, price.input) +
    tokenCost(cached, price.cachedInput ?? price.input) +
    tokenCost(usage.outputTokens, price.output)
  );
}

/** The most an exchange can cost: nothing of the input cached, the whole output limit used. */
export function worstCaseOf(price: ModelPrice, inputTokens: number, outputLimit: number): NanoUsd {
  return (
    tokenCost(inputTokens, Math.max(price.input, price.cachedInput ?? 0)) + tokenCost(outputLimit, price.output)
  );
}

function tokenCost(tokens: number, usdPerMillion: number): NanoUsd {
  return toNanoUsd((tokens * usdPerMillion) / 1e6);
}
