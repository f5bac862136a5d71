import {
  type Config,
  findPrice,
  type NanoUsd,
  priceOf,
  type PriceTable,
  toNanoUsd,
  toUsd,
  UnknownPriceError,
} from '@jarvis/core';

import type { RunCost } from './cost-history.ts';
import { type ExpectedCall, type Extent, extents, listExpectedCalls } from './expected-calls.ts';

/** From how many earlier runs on they tell more than typical sizes. */
const ENOUGH_RUNS = 3;

/** What an estimate is made from. */
export interface EstimateInput {
  readonly config: Pick<Config, 'mode' | 'models' | 'costs' | 'loop'>;
  /** The prices that will be charged, `costs.prices` included. */
  readonly prices: PriceTable;
  /** The size of the task, in tokens. */
  readonly taskTokens: number;
  /** The size of the files agents are shown, in tokens. */
  readonly projectTokens: number;
  /** What earlier runs of this project have cost, see `readCostHistory`; simulated and other ones are passed over. */
  readonly history: readonly RunCost[];
}

/** What a run will probably cost, in US dollars, and what that rests on. */
export interface RunEstimate {
  readonly lowUsd: number;
  readonly likelyUsd: number;
  /** Never above the cap. */
  readonly highUsd: number;
  readonly capUsd: number | 'unlimited';
  readonly basis: { readonly type: 'history'; readonly runs: number } | { readonly type: 'typical' };
  /** Sentences. */
  readonly assumptions: readonly string[];
}

/**
 * Estimates what a run will cost before anything is paid: from what earlier runs like it have cost in this project,
 * or from typical sizes while there are fewer than three.
 *
 * @throws {@link UnknownPriceError} when it needs the price of a model that has none.
 */
export function estimateRun(input: EstimateInput): RunEstimate {
  const { capUsd } = input.config.costs;
  const past = input.history.filter((run) => isComparable(run, input));
  const { amounts, ...rest } = past.length < ENOUGH_RUNS ? fromTypicalSizes(input) : fromHistory(past);
  const cap = capUsd === 'unlimited' ? Infinity : toNanoUsd(capUsd);
  const toCapped = (amount: NanoUsd) => toUsd(Math.min(amount, cap));
  const { low, likely, high } = amounts;
  return { lowUsd: toCapped(low), likelyUsd: toCapped(likely), highUsd: toCapped(high), capUsd, ...rest };
}

type Basis = Pick<RunEstimate, 'basis' | 'assumptions'> & {
  readonly amounts: Readonly<Record<Extent, NanoUsd>>;
};

/** A run of the same kind that went its whole way, and was paid for with the same models. */
function isComparable({ mode, status, isSimulated, models }: RunCost, { config }: EstimateInput): boolean {
  const isWhole = status === 'done' || status === 'partial';
  const chosen = [config.models.manager, config.models.employee];
  return isWhole && !isSimulated && mode === config.mode && models.every((model) => chosen.includes(model));
}

function fromHistory(past: readonly RunCost[]): Basis {
  const sorted = past.map(({ spentUsd }) => toNanoUsd(spentUsd)).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    amounts: { low: sorted[0] ?? 0, likely: at(0.5), high: at(0.9) },
    basis: { type: 'history', runs: past.length },
    assumptions: [
      `The cheapest, the middle and the ninth of ten of ${String(past.length)} earlier runs of this project ` +
        'in the same mode with the same models.',
    ],
  };
}

function fromTypicalSizes(input: EstimateInput): Basis {
  const { config, taskTokens, projectTokens } = input;
  const costOf = (extent: Extent) =>
    listExpectedCalls(
      { mode: config.mode, maxRounds: config.loop.maxRounds, taskTokens, projectTokens },
      extent,
    )
      .map((call) => costOfCall(call, input))
      .reduce((sum, amount) => sum + amount, 0);
  const { low, likely, high } = extents;
  return {
    amounts: { low: costOf('low'), likely: costOf('likely'), high: costOf('high') },
    basis: { type: 'typical' },
    assumptions: [
      `Rounds of work and review: ${[low, likely, high].map(({ rounds }) => String(Math.min(rounds, config.loop.maxRounds))).join(', ')} at the low end, in between, at the high end.`,
      `A task of ${String(taskTokens)} tokens, files of ${String(projectTokens)} tokens, growing with every round.`,
      `Answers of employees of ${String(low.workTokens)} to ${String(high.workTokens)} tokens; nothing is cached.`,
      `Prices of ${input.prices.asOf}.`,
    ],
  };
}

function costOfCall(
  { role, inputTokens, outputTokens }: ExpectedCall,
  { config, prices }: EstimateInput,
): NanoUsd {
  const model = config.models[role];
  const price = findPrice(prices, model);
  if (price === undefined) throw new UnknownPriceError({ model });
  return priceOf(price, { inputTokens, cachedInputTokens: 0, outputTokens });
}
