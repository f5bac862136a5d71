import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { affordableOutputTokens } from './affordable-output.ts';
import { worstCaseOf } from './price-table.ts';

const price = { input: 1, output: 10 };
const wish = { price, inputTokens: 100, wanted: 1_000, minimum: 200 };

describe('affordableOutputTokens', () => {
  it.each([
    { available: 10_100_000, limit: 1_000 },
    { available: 10_099_999, limit: 999 },
    { available: 5_100_000, limit: 500 },
    { available: 2_100_000, limit: 200 },
    { available: 2_099_999, limit: undefined },
    { available: 0, limit: undefined },
    { available: Number.POSITIVE_INFINITY, limit: 1_000 },
  ])('affords $limit tokens with $available billionths', ({ available, limit }) => {
    expect(affordableOutputTokens({ ...wish, available })).toBe(limit);
  });

  it('affords what is wanted when it costs nothing', () => {
    expect(affordableOutputTokens({ ...wish, price: { input: 0, output: 0 }, available: 0 })).toBe(1_000);
  });

  it('takes a wish below the minimum as it is', () => {
    expect(affordableOutputTokens({ ...wish, wanted: 100, available: 1_100_000 })).toBe(100);
    expect(affordableOutputTokens({ ...wish, wanted: 100, available: 1_099_999 })).toBeUndefined();
  });

  it('gives the largest limit that fits, and none when the minimum does not fit', () => {
    const drawn = fc.record({
      price: fc.record({
        input: fc.double({ min: 0, max: 50, noNaN: true }),
        output: fc.double({ min: 0, max: 50, noNaN: true }),
      }),
      inputTokens: fc.nat({ max: 200_000 }),
      minimum: fc.nat({ max: 5_000 }),
      more: fc.nat({ max: 100_000 }),
      available: fc.nat({ max: 4_000_000_000 }),
    });

    fc.assert(
      fc.property(drawn, ({ more, ...rest }) => {
        const wanted = rest.minimum + more;
        const fits = (limit: number) => worstCaseOf(rest.price, rest.inputTokens, limit) <= rest.available;

        const limit = affordableOutputTokens({ ...rest, wanted });

        if (limit === undefined) {
          expect(fits(rest.minimum)).toBe(false);
          return;
        }
        expect(limit).toBeGreaterThanOrEqual(rest.minimum);
        expect(limit).toBeLessThanOrEqual(wanted);
        expect(fits(limit)).toBe(true);
        expect(limit === wanted || !fits(limit + 1)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
