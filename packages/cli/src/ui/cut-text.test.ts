import { describe, expect, it } from 'vitest';

import { cutText } from './cut-text.ts';

describe('cutText', () => {
  it.each([
    ['short enough', 'abc', 'abc'],
    ['just as long', 'abcde', 'abcde'],
    ['too long', 'abcdef', 'abcd…'],
    ['too long behind a space', 'abc def', 'abc…'],
    ['on several lines', 'a\n\n\tb', 'a b'],
    ['made of characters of two units each', '🍞🥖🥐🥨🥯🧇', '🍞🥖🥐🥨…'],
  ])('shows a text that is %s on one line', (_what, text, shown) => {
    expect(cutText(text, 5)).toBe(shown);
  });
});
