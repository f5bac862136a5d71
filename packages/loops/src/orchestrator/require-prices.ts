import { type Config, findPrice, modelsNamedBy, type PriceTable, UnknownPriceError } from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';

/**
 * Under a cap every model that may be asked needs a price: those the rules can choose, and who stands in for them.
 *
 * @throws {@link UnknownPriceError} naming the first without one.
 */
export function requirePrices(
  { models, costs, llm }: Config,
  { routing }: Pick<Dialect, 'routing'>,
  prices: PriceTable,
): void {
  const named = modelsNamedBy([...(models.routing ?? []), ...routing], models);
  const caps = [costs.stageCapUsd, ...Object.values(costs.roleCapsUsd)];
  if (costs.capUsd === 'unlimited' && caps.every((cap) => cap === undefined)) return;
  const fallbacks = named.flatMap((model) => llm.fallbacks[model] ?? []);
  for (const model of [...named, ...fallbacks]) {
    if (findPrice(prices, model) === undefined) throw new UnknownPriceError({ model });
  }
}
