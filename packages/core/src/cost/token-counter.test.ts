import { describe, expect, it } from 'vitest';

import { byteTokenCounter } from './token-counter.ts';

describe('byteTokenCounter', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 2],
    ['🙂', 4],
  ])('counts the UTF-8 bytes of %j: %d', (text, count) => {
    expect(byteTokenCounter.count(text, 'any-model')).toBe(count);
  });
});
