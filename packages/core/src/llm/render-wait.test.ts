import { describe, expect, it } from 'vitest';

import { renderWait } from './render-wait.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 13, 5, 0);

describe('renderWait', () => {
  it.each([
    [0, 'after 13:05:00 UTC, in 0 s'],
    [1, 'after 13:05:01 UTC, in 1 s'],
    [2_000, 'after 13:05:02 UTC, in 2 s'],
    [61_000, 'after 13:07 UTC, in 1 min 1 s'],
    [120_000, 'after 13:07 UTC, in 2 min'],
    [3_600_000, 'after 14:05 UTC, in 1 h'],
    [5_400_000, 'after 14:35 UTC, in 1 h 30 min'],
    [86_400_000, 'after 2026-11-23 13:05 UTC, in 1 d'],
    [90_061_000, 'after 2026-11-23 14:07 UTC, in 1 d 1 h'],
    [1e18, 'in 11574074074 d 1 h'],
  ])('says of %d ms: %s', (waitMs, said) => {
    expect(renderWait(waitMs, NOW_MS)).toBe(said);
  });

  it('says only how long when nobody knows what time it is', () => {
    expect(renderWait(3_600_000, undefined)).toBe('in 1 h');
  });
});
