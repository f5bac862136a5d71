import { byteTokenCounter, type TokenCounter } from '@jarvis/core';

import { countByPieces } from './count-pieces.ts';
import { type CountText, type EncodingName, encodingOf, loadEncoding } from './encoding.ts';
import { hasEndlessRun } from './endless-run.ts';

/** Longer texts are counted by their bytes, so that counting never takes more than a second or two, in characters. */
const MAX_TEXT_LENGTH = 1_000_000;

/** How many texts are remembered, of how many characters at most: what a run asks begins with the same words each time. */
const REMEMBERED_TEXTS = 64;
const REMEMBERED_LENGTH = 20_000;

/**
 * Counts the tokens of models whose encoding is known exactly, special words as the text they are; those of other
 * models, and texts made to be slow, by their bytes. The tables are loaded when the first text is counted.
 */
export function createTokenCounter(load: (name: EncodingName) => CountText = loadEncoding): TokenCounter {
  const loaded = new Map<EncodingName, CountText>();
  const countWith = (name: EncodingName): CountText => {
    const known = loaded.get(name) ?? remembering(load(name));
    loaded.set(name, known);
    return known;
  };
  return {
    count(text, model) {
      const encoding = encodingOf(model);
      if (encoding === undefined || text.length > MAX_TEXT_LENGTH) {
        return byteTokenCounter.count(text, model);
      }
      return countWith(encoding)(text);
    },
  };
}

/** Counts a text once, as long as it is among those that were counted last. */
function remembering(countTable: CountText): CountText {
  const countPieces = countByPieces(countTable);
  const count: CountText = (text) =>
    hasEndlessRun(text) ? byteTokenCounter.count(text, '') : countPieces(text);
  const counts = new Map<string, number>();
  return (text) => {
    if (text.length > REMEMBERED_LENGTH) return count(text);
    const known = counts.get(text) ?? count(text);
    counts.delete(text);
    counts.set(text, known);
    const [oldest] = counts.keys();
    if (counts.size > REMEMBERED_TEXTS && oldest !== undefined) counts.delete(oldest);
    return known;
  };
}
