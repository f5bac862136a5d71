import { z } from 'zod';

import { type NanoUsd, roundUp } from './money.ts';

const priceExpected = 'expected US dollars per million tokens, a number of 0 or more';

const usdPerMillion = z.number(priceExpected).nonnegative(priceExpected);

const tokensExpected = 'expected a whole number of tokens, 0 or more';

/** What input and output cost in one tier, in US dollars per million tokens. */
const tierShape = {
  input: usdPerMillion,
  /** Input the server had cached. Default: the price of `input`. */
  cachedInput: usdPerMillion.optional(),
  /** Input the server puts into its cache. Default: the price of `input`. */
  cacheWrite: usdPerMillion.optional(),
  /** Output, reasoning included. */
  output: usdPerMillion,
};

/** What a model costs, in US dollars per million tokens, as price lists state it. */
export const modelPriceSchema = z.strictObject({
  ...tierShape,
  /** What everything in an exchange costs whose input has more than `aboveInputTokens` tokens. */
  longContext: z
    .strictObject({ aboveInputTokens: z.int(tokensExpected).nonnegative(tokensExpected), ...tierShape })
    .optional(),
});

export type ModelPrice = Readonly<z.infer<typeof modelPriceSchema>>;

/** Prices with the day they were read; a model that is missing cannot be used under a cap. */
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
  /** The part of `inputTokens` the server put into its cache, where it states one. */
  readonly cacheWriteTokens?: number;
  readonly outputTokens: number;
}

/** The price of a model, or `undefined` when the table does not name it. */
export function findPrice(table: PriceTable, model: string): ModelPrice | undefined {
  return Object.hasOwn(table.models, model) ? table.models[model] : undefined;
}

/** What an exchange of that size costs, in the tier its input falls into. */
export function priceOf(price: ModelPrice, usage: TokenUsage): NanoUsd {
  const { longContext } = price;
  const isLong = longContext !== undefined && usage.inputTokens > longContext.aboveInputTokens;
  const { input, cachedInput = input, cacheWrite = input, output } = isLong ? longContext : price;
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, usage.inputTokens - cached);
  return costOf([
    [usage.inputTokens - cached - written, input],
    [cached, cachedInput],
    [written, cacheWrite],
    [usage.outputTokens, output],
  ]);
}

/** The most an exchange can cost: the dearest price any of its input can have, the whole output limit used. */
export function worstCaseOf(price: ModelPrice, inputTokens: number, outputLimit: number): NanoUsd {
  const { longContext } = price;
  const canBeLong = longContext !== undefined && inputTokens > longContext.aboveInputTokens;
  const tiers = canBeLong ? [price, longContext] : [price];
  return costOf([
    [inputTokens, Math.max(...tiers.map(dearestInput))],
    [outputLimit, Math.max(...tiers.map(({ output }) => output))],
  ]);
}

type PriceTier = Pick<ModelPrice, 'input' | 'cachedInput' | 'cacheWrite'>;

function dearestInput({ input, cachedInput = input, cacheWrite = input }: PriceTier): number {
  return Math.max(input, cachedInput, cacheWrite);
}

const PICO_PER_NANO = 1_000n;

/** Rounded once, over the sum: so an exchange within its limits never costs more than its worst case. */
function costOf(parts: readonly (readonly [tokens: number, usdPerMillion: number])[]): NanoUsd {
  const pico = parts.reduce(
    (sum, [tokens, usdPerMillion]) => sum + BigInt(Math.ceil(tokens)) * picoPerToken(usdPerMillion),
    0n,
  );
  return Number((pico + PICO_PER_NANO - 1n) / PICO_PER_NANO);
}

/** A dollar per million tokens is a million trillionths of a dollar per token. */
function picoPerToken(usdPerMillion: number): bigint {
  return BigInt(roundUp(usdPerMillion * 1e6));
}
