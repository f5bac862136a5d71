import type { NanoUsd } from './money.ts';
import { type ModelPrice, worstCaseOf } from './price-table.ts';

export interface OutputWish {
  readonly price: ModelPrice;
  readonly inputTokens: number;
  /** The output limit one would like, in tokens. */
  readonly wanted: number;
  /** Below this an answer is of no use, in tokens. */
  readonly minimum: number;
  readonly available: NanoUsd;
}

/**
 * The output limit the budget affords: the wanted one, a lower one, or `undefined` when not even the minimum
 * fits. In tokens.
 */
export function affordableOutputTokens(wish: OutputWish): number | undefined {
  const { price, inputTokens, wanted, minimum, available } = wish;
  const fits = (limit: number) => worstCaseOf(price, inputTokens, limit) <= available;
  if (fits(wanted)) return wanted;
  if (!fits(minimum)) return undefined;

  let low = minimum;
  let high = wanted;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
