import type { ModelPrice, PriceTable } from '@jarvis/core';

/** What every model cost whose name contains that of gpt-4o, in US dollars per million tokens. */
export const chargedAsGpt4o: ModelPrice = { input: 2.5, output: 10 };

/**
 * What the predecessor charged, in US dollars per million tokens.
 *
 * legacy: it took gpt-4o-mini for gpt-4o, because the one name contains the other. The price is kept so that the
 * cost of a run can be compared; the modern dialect charges the real one.
 */
export const chargedPrices: PriceTable = {
  asOf: '2025-11-24',
  models: {
    'gpt-4o': chargedAsGpt4o,
    'gpt-4o-mini': chargedAsGpt4o,
    simulation: { input: 0, output: 0 },
  },
};
