import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  defaultPriceTable,
  findPrice,
  modelPriceSchema,
  type ModelPrice,
  priceOf,
  worstCaseOf,
} from './price-table.ts';

/** Prices as people write them, to the thousandth of a cent per million tokens, and odd ones. */
const usd = fc.oneof(
  fc.integer({ min: 0, max: 10_000_000 }).map((thousandths) => thousandths / 1e5),
  fc.double({ min: 0, max: 100, noNaN: true }),
);
const price: fc.Arbitrary<ModelPrice> = fc.oneof(
  fc.record({ input: usd, output: usd }),
  fc.record({ input: usd, output: usd, cachedInput: usd }),
  fc.record({ input: usd, output: usd, cachedInput: usd, cacheWrite: usd }),
  fc.record({
    input: usd,
    output: usd,
    cacheWrite: usd,
    longContext: fc.record({
      aboveInputTokens: fc.integer({ min: 0, max: 10_000_000 }),
      input: usd,
      cachedInput: usd,
      output: usd,
    }),
  }),
);
const tokens = fc.integer({ min: 0, max: 10_000_000 });

describe('priceOf', () => {
  it.each([
    { model: 'gpt-4.1-mini', usage: [1_000_000, 0, 0], nano: 400_000_000 },
    { model: 'gpt-4.1-mini', usage: [0, 0, 1_000_000], nano: 1_600_000_000 },
    { model: 'gpt-4.1-mini', usage: [1_000_000, 1_000_000, 0], nano: 100_000_000 },
    { model: 'gpt-4.1-mini', usage: [1_000, 400, 200], nano: 240_000 + 40_000 + 320_000 },
    { model: 'gpt-4o-mini', usage: [1, 0, 1], nano: 150 + 600 },
    { model: 'gpt-5-nano', usage: [3, 2, 1], nano: 50 + 10 + 400 },
    { model: 'simulation', usage: [1_000_000, 0, 1_000_000], nano: 0 },
  ])('charges $nano billionths of $model for $usage', ({ model, usage, nano }) => {
    const [inputTokens = 0, cachedInputTokens = 0, outputTokens = 0] = usage;
    const known = findPrice(defaultPriceTable, model) ?? expect.fail('no price');

    expect(priceOf(known, { inputTokens, cachedInputTokens, outputTokens })).toBe(nano);
  });

  it('charges cached input like other input where no price is given for it', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 10, outputTokens: 0 };

    expect(priceOf({ input: 2, output: 0 }, usage)).toBe(20_000);
  });

  it('counts no more tokens as cached than there were', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 1_000, outputTokens: 0 };

    expect(priceOf({ input: 2, cachedInput: 1, output: 0 }, usage)).toBe(10_000);
  });

  it('rounds a fraction of a billionth up, once', () => {
    const odd: ModelPrice = { input: 0.0375, output: 0.0375 };

    expect(priceOf(odd, { inputTokens: 1, cachedInputTokens: 0, outputTokens: 0 })).toBe(38);
    expect(priceOf(odd, { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 })).toBe(75);
    expect(priceOf(odd, { inputTokens: 2, cachedInputTokens: 1, outputTokens: 1 })).toBe(113);
  });

  it('agrees with exact arithmetic, for prices written with up to six digits', () => {
    const micro = fc.integer({ min: 0, max: 100_000_000 });

    fc.assert(
      fc.property(
        fc.tuple(micro, micro),
        fc.tuple(tokens, tokens),
        ([input, output], [inputTokens, outputTokens]) => {
          const exact = BigInt(input) * BigInt(inputTokens) + BigInt(output) * BigInt(outputTokens);
          const nano = (exact + 999n) / 1_000n;
          const asWritten = { input: input / 1e6, output: output / 1e6 };

          expect(BigInt(priceOf(asWritten, { inputTokens, cachedInputTokens: 0, outputTokens }))).toBe(nano);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('takes a fraction of a token for a whole one', () => {
    expect(worstCaseOf({ input: 1, output: 1 }, 0.2, 1.5)).toBe(3_000);
  });
});

describe('priceOf, tiers', () => {
  const tiers: ModelPrice = {
    input: 1,
    cachedInput: 0.5,
    cacheWrite: 1.25,
    output: 10,
    longContext: { aboveInputTokens: 100, input: 2, cachedInput: 1, output: 15 },
  };

  it.each([
    { what: 'what is written to the cache', usage: [100, 0, 40, 0], nano: 60_000 + 50_000 },
    {
      what: 'what was cached and what is written',
      usage: [100, 50, 40, 1],
      nano: 10_000 + 25_000 + 50_000 + 10_000,
    },
    { what: 'a long context as a whole', usage: [101, 0, 0, 1], nano: 202_000 + 15_000 },
    { what: 'the cached part of a long context', usage: [200, 100, 0, 0], nano: 200_000 + 100_000 },
    { what: 'writing a long context like its input', usage: [200, 0, 100, 0], nano: 400_000 },
    { what: 'no more than there was', usage: [10, 8, 8, 0], nano: 4_000 + 2_500 },
  ])('charges $what', ({ usage, nano }) => {
    const [inputTokens = 0, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens = 0] = usage;

    expect(priceOf(tiers, { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens })).toBe(nano);
  });

  it('charges writing to the cache like input where no price is given for it', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 10, outputTokens: 0 };

    expect(priceOf({ input: 2, output: 0 }, usage)).toBe(20_000);
  });

  it('reckons with a long context only where there can be one, and then with the dearer tier', () => {
    expect(worstCaseOf(tiers, 100, 1)).toBe(125_000 + 10_000);
    expect(worstCaseOf(tiers, 101, 1)).toBe(202_000 + 15_000);
    expect(worstCaseOf({ ...tiers, cacheWrite: 3 }, 101, 1)).toBe(303_000 + 15_000);
  });
});

describe('worstCaseOf', () => {
  it('is never less than what any usage within its limits costs', () => {
    fc.assert(
      fc.property(
        price,
        fc.tuple(tokens, fc.nat(), fc.nat()),
        fc.tuple(tokens, fc.nat()),
        (of, [input, cached, written], [output, used]) => {
          const cachedInputTokens = cached % (input + 1);
          const usage = {
            inputTokens: input,
            cachedInputTokens,
            cacheWriteTokens: written % (input - cachedInputTokens + 1),
            outputTokens: used % (output + 1),
          };

          expect(priceOf(of, usage)).toBeLessThanOrEqual(worstCaseOf(of, input, output));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('grows with the limits', () => {
    fc.assert(
      fc.property(price, fc.tuple(tokens, tokens), tokens, (of, [input, output], more) => {
        expect(worstCaseOf(of, input, output + more)).toBeGreaterThanOrEqual(worstCaseOf(of, input, output));
        expect(worstCaseOf(of, input + more, output)).toBeGreaterThanOrEqual(worstCaseOf(of, input, output));
      }),
    );
  });

  it('reckons with the dearer of cached and other input', () => {
    expect(worstCaseOf({ input: 1, cachedInput: 3, output: 0 }, 10, 0)).toBe(30_000);
    expect(worstCaseOf({ input: 3, cachedInput: 1, output: 0 }, 10, 0)).toBe(30_000);
  });
});

describe('findPrice', () => {
  it('knows models by their exact name only', () => {
    expect(findPrice(defaultPriceTable, 'gpt-4.1')).toEqual({ input: 2, cachedInput: 0.5, output: 8 });
    expect(findPrice(defaultPriceTable, 'gpt-4.1-2025-04-14')).toBeUndefined();
    expect(findPrice(defaultPriceTable, 'GPT-4.1')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString'])('has no price for a model called %s', (model) => {
    expect(findPrice(defaultPriceTable, model)).toBeUndefined();
  });
});

describe('defaultPriceTable', () => {
  it('has a date and well-formed prices', () => {
    expect(defaultPriceTable.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    for (const known of Object.values(defaultPriceTable.models))
      expect(modelPriceSchema.parse(known)).toEqual(known);
  });
});
