import { type Config, defaultConfig, type PriceTable } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { modernDialect } from '../dialect/modern-dialect.ts';
import { requirePrices } from './require-prices.ts';

const prices: PriceTable = { asOf: '2026-01-01', models: { known: { input: 1, output: 1 } } };
const models = { manager: 'known', employee: 'known' };

function configWith(changes: Partial<Config>): Config {
  return { ...defaultConfig, models, ...changes };
}

describe('requirePrices', () => {
  it('is content when every model has its price', () => {
    expect(() => {
      requirePrices(configWith({}), modernDialect, prices);
    }).not.toThrow();
  });

  it.each([
    ['a role', { models: { ...models, employee: 'dear' } }],
    [
      'a rule',
      { models: { ...models, routing: [{ when: { round: { min: 2 } }, model: 'dear', because: 'x' }] } },
    ],
    ['a stand-in', { llm: { ...defaultConfig.llm, fallbacks: { known: ['dear'] } } }],
  ])('names the model of %s that has none', (_, changes) => {
    expect(() => {
      requirePrices(configWith(changes), modernDialect, prices);
    }).toThrow('"dear"');
  });

  it('asks for none without any cap, and for all under the cap of a role alone', () => {
    const dear = { models: { ...models, employee: 'dear' } };
    const unlimited = { ...defaultConfig.costs, capUsd: 'unlimited' } as const;
    const roleCapsUsd = { ...unlimited.roleCapsUsd, employee: 1 };

    expect(() => {
      requirePrices(configWith({ ...dear, costs: unlimited }), modernDialect, prices);
    }).not.toThrow();
    expect(() => {
      requirePrices(configWith({ ...dear, costs: { ...unlimited, roleCapsUsd } }), modernDialect, prices);
    }).toThrow('"dear"');
  });
});
