/**
 * An amount of money in billionths of a US dollar, always a whole number, so that sums are exact.
 * The largest exact amount is about nine million dollars.
 */
export type NanoUsd = number;

const NANO_PER_USD = 1e9;

/** Dollars as an exact amount, rounded up to the next billionth. */
export function toNanoUsd(usd: number): NanoUsd {
  return roundUp(usd * NANO_PER_USD);
}

/** An exact amount as dollars, for people and for results. */
export function toUsd(amount: NanoUsd): number {
  return amount / NANO_PER_USD;
}

/** An amount as people read it: `$0.05`, `$0.000123`. Small amounts keep six digits. */
export function renderUsd(amount: NanoUsd): string {
  const usd = toUsd(amount);
  return `$${Math.abs(usd) >= 0.01 || usd === 0 ? usd.toFixed(2) : usd.toFixed(6)}`;
}

/** The next whole number, unless the rest is only what binary fractions add: `0.1 + 0.2` is `0.3`. */
export function roundUp(value: number): number {
  const nearest = Math.round(value);
  const noise = Math.max(1e-4, Math.abs(value) * Number.EPSILON);
  return Math.abs(value - nearest) <= noise ? nearest : Math.ceil(value);
}
