import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { renderUsd, roundUp, toNanoUsd, toUsd } from './money.ts';

describe('toNanoUsd', () => {
  it.each([
    { usd: 0, nano: 0 },
    { usd: 1, nano: 1_000_000_000 },
    { usd: 1.5, nano: 1_500_000_000 },
    { usd: 0.1, nano: 100_000_000 },
    { usd: 0.1 + 0.2, nano: 300_000_000 },
    { usd: 1.1 * 3, nano: 3_300_000_000 },
    { usd: 0.000_000_001, nano: 1 },
    { usd: 0.000_000_001_4, nano: 2 },
    { usd: 1e-12, nano: 1 },
    { usd: 1_000_000, nano: 1e15 },
  ])('takes $usd dollars for $nano billionths', ({ usd, nano }) => {
    expect(toNanoUsd(usd)).toBe(nano);
  });

  it('gives back every amount that was turned into dollars, up to the largest cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (nano) => {
        expect(toNanoUsd(toUsd(nano))).toBe(nano);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives a whole number that is never too little', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (usd) => {
        const nano = toNanoUsd(usd);

        expect(Number.isSafeInteger(nano)).toBe(true);
        expect(toUsd(nano)).toBeGreaterThanOrEqual(usd - Math.max(1e-13, usd * 3e-16));
        expect(toUsd(nano)).toBeLessThan(usd + 1.1e-9 + usd * 3e-16);
      }),
      { numRuns: 2_000 },
    );
  });

  it('adds up exactly, where dollars do not', () => {
    const cents = Array.from({ length: 1_000 }, () => 0.01);

    expect(cents.reduce((sum, usd) => sum + toNanoUsd(usd), 0)).toBe(toNanoUsd(10));
    expect(cents.reduce((sum, usd) => sum + usd, 0)).not.toBe(10);
  });
});

describe('roundUp', () => {
  it.each([
    [0, 0],
    [1.000_01, 1],
    [1.001, 2],
    [1.5, 2],
    [149.999_999_999, 150],
    [150.000_000_000_3, 150],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('takes %d to %d', (value, whole) => {
    expect(roundUp(value)).toBe(whole);
  });
});

describe('renderUsd', () => {
  it.each([
    { nano: 0, text: '$0.00' },
    { nano: 50_000_000, text: '$0.05' },
    { nano: 10_000_000, text: '$0.01' },
    { nano: 123_000, text: '$0.000123' },
    { nano: 9_999_000, text: '$0.009999' },
    { nano: 1_500_000_000, text: '$1.50' },
    { nano: 1_234_567_890_123, text: '$1234.57' },
  ])('writes $text', ({ nano, text }) => {
    expect(renderUsd(nano)).toBe(text);
  });
});
