import { byteTokenCounter, type TokenCounter } from '@jarvis/core';

import { type CountText, type EncodingName, encodingOf, loadEncoding } from './encoding.ts';

/** Longer texts are counted by their bytes, so that counting never takes more than a second or two, in characters. */
const MAX_TEXT_LENGTH = 1_000_000;

/**
 * Letters, marks or spaces without end, which no table has a quick answer for: the time to count them grows with the
 * square of their number. Text of people and programs has none.
 */
const ENDLESS = /[\p{L}\p{M}]{512}|[^\s\p{L}\p{N}]{512}|\s{512}/u;

/**
 * Counts the tokens of models whose encoding is known exactly, special words as the text they are; those of other
 * models, and texts made to be slow, by their bytes. The tables are loaded when the first text is counted.
 */
export function createTokenCounter(load: (name: EncodingName) => CountText = loadEncoding): TokenCounter {
  const loaded = new Map<EncodingName, CountText>();
  const countWith = (name: EncodingName): CountText => {
    const known = loaded.get(name) ?? load(name);
    loaded.set(name, known);
    return known;
  };
  return {
    count(text, model) {
      const encoding = encodingOf(model);
      if (encoding === undefined || text.length > MAX_TEXT_LENGTH || ENDLESS.test(text)) {
        return byteTokenCounter.count(text, model);
      }
      return countWith(encoding)(text);
    },
  };
}
