import { isValidId } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { randomIds } from './random-ids.ts';

describe('randomIds', () => {
  it('names a run by the UTC time and six random characters', () => {
    const ids = randomIds({ nowMs: () => Date.UTC(2026, 10, 22, 16, 45, 1, 999) });

    expect(ids.newRunId()).toMatch(/^20261122-164501-[0-9a-hjkmnp-tv-z]{6}$/u);
  });

  it.each([0, Date.UTC(1970, 0, 1, 0, 0, 1), Date.UTC(2099, 11, 31, 23, 59, 59)])(
    'gives a valid id at %d',
    (nowMs) => {
      expect(isValidId(randomIds({ nowMs: () => nowMs }).newRunId())).toBe(true);
    },
  );

  it('gives different ids within one second', () => {
    const ids = randomIds({ nowMs: () => 0 });

    const made = new Set(Array.from({ length: 200 }, () => ids.newRunId()));

    expect(made.size).toBe(200);
  });

  it('gives later runs ids that sort later', () => {
    let nowMs = Date.UTC(2026, 0, 1);
    const ids = randomIds({ nowMs: () => (nowMs += 1_000) });

    const made = Array.from({ length: 120 }, () => ids.newRunId());

    expect([...made].sort()).toEqual(made);
  });
});
