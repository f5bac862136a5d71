import { describe, expect, it } from 'vitest';

import { renderDuration, renderMoment } from './render-moment.ts';

describe('renderMoment', () => {
  it('says the time in UTC, and that it is', () => {
    expect(renderMoment(1_763_827_257_999)).toBe('2025-11-22 16:00:57 UTC');
  });

  it('says the milliseconds where lines are told apart by them', () => {
    expect(renderMoment(1_763_827_257_999, 'milliseconds')).toBe('2025-11-22 16:00:57.999 UTC');
  });

  it('takes no number a date cannot be made of', () => {
    expect(renderMoment(Number.MAX_VALUE)).toBe('at a time nobody knows');
  });
});

describe('renderDuration', () => {
  it.each([
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [840, '0.8 s'],
    [125_000, '2 min 5 s'],
    [11_070_000, '3 h 4 min'],
  ])('%i milliseconds are %s', (ms, text) => {
    expect(renderDuration(ms)).toBe(text);
  });
});
