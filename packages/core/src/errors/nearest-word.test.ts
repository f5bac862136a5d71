import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nearestWord } from './nearest-word.ts';

const KNOWN = ['mode', 'models', 'costs', 'loop', 'git', 'llm'];

describe('nearestWord', () => {
  it.each([
    { typed: 'modle', nearest: 'mode' },
    { typed: 'modells', nearest: 'models' },
    { typed: 'Cost', nearest: 'costs' },
    { typed: 'gi', nearest: 'git' },
    { typed: 'LLM', nearest: 'llm' },
  ])('takes "$typed" for "$nearest"', ({ typed, nearest }) => {
    expect(nearestWord(typed, KNOWN)).toBe(nearest);
  });

  it.each(['', 'banana', 'x'.repeat(10_000), 'models'.repeat(500)])('finds nothing near %.20s', (typed) => {
    expect(nearestWord(typed, KNOWN)).toBeUndefined();
  });

  it('finds nothing among no words', () => {
    expect(nearestWord('mode', [])).toBeUndefined();
  });

  it('finds every word itself, and every word of three letters or more with one letter too many', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN), fc.nat(), (word, at) => {
        const doubled = word.slice(0, at % word.length) + '_' + word.slice(at % word.length);
        expect(nearestWord(word, KNOWN)).toBe(word);
        expect(nearestWord(doubled, [word])).toBe(word);
      }),
    );
  });
});
