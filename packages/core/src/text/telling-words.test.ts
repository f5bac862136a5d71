import { describe, expect, it } from 'vitest';

import { foldWhiteSpace } from './fold-white-space.ts';
import { tellingWords } from './telling-words.ts';

describe('tellingWords', () => {
  it('leaves out what is short or in every text, and does not look at case', () => {
    expect([...tellingWords('The Bowline, and a bowline: äöü not 42 but 100')]).toEqual([
      'bowline',
      'äöü',
      '100',
    ]);
  });
});

describe('foldWhiteSpace', () => {
  it('makes one line with single blanks of a text', () => {
    expect(foldWhiteSpace(' a\r\n\tb  c\n')).toBe('a b c');
  });
});
