import { describe, expect, it } from 'vitest';

import { readRetryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 16, 0, 0);

const read = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), NOW_MS);

describe('readRetryAfterMs', () => {
  it.each([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': '3600' }, 3_600_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 16:00:05 GMT' }, 5_000],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '0.2' }, 1],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9_000],
  ])('F31: %j asks for %d ms', (headers, delayMs) => {
    expect(read(headers)).toBe(delayMs);
  });

  it.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': '-1' },
    { 'retry-after': 'soon' },
    { 'retry-after': '2 minutes' },
    { 'retry-after': '1e9' },
    { 'retry-after': 'Infinity' },
    { 'retry-after': '0x10' },
    { 'retry-after': 'in March 2027' },
    { 'retry-after': 'Sun, 22 Nov 2026 15:59:59 GMT' },
    { 'retry-after': 'Sun, 99 Nov 2026 15:59:59 GMT' },
    { 'retry-after-ms': '-5' },
    { 'retry-after-ms': 'NaN' },
  ])('F31: %j asks for nothing', (headers) => {
    expect(read(headers)).toBeUndefined();
  });
});
