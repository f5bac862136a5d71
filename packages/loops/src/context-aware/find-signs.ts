/** A sign that stands in a text, and where. */
export interface FoundSign {
  readonly sign: string;
  /** The words it stands among, cut, on one line and without characters nobody sees. */
  readonly quote: string;
}

const WORD = /[\p{L}\p{N}]+/gu;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}]/gu;
const WORDS_AROUND = 2;
const MOST_QUOTED = 100;

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds signs, which are words or pairs of words in lower case and singular, in a text: each once, in time linear in
 * its length.
 */
export function findSigns(text: string, signs: ReadonlySet<string>): readonly FoundSign[] {
  const words = wordsOf(text);
  const found = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]?.text ?? '';
    const forms = [word.text, singularOf(word.text)].flatMap((form) => [form, `${before} ${form}`]);
    const sign = forms.find((form) => signs.has(form) && !found.has(form));
    if (sign !== undefined) found.set(sign, quoteAround(text, words, index));
  }
  return [...found].map(([sign, quote]) => ({ sign, quote }));
}

/** A part of a text that can be shown. */
export function toQuote(text: string): string {
  const line = text
    .slice(0, 4 * MOST_QUOTED)
    .replace(UNSEEN, '')
    .replace(/[\s\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= MOST_QUOTED ? line : `${characters.slice(0, MOST_QUOTED - 1).join('')}…`;
}

function wordsOf(text: string): readonly Word[] {
  return text
    .matchAll(WORD)
    .map(({ 0: word, index }) => ({ text: word.toLowerCase(), from: index, to: index + word.length }))
    .toArray();
}

function quoteAround(text: string, words: readonly Word[], index: number): string {
  const from = words[Math.max(0, index - WORDS_AROUND)]?.from ?? 0;
  const to = words[Math.min(words.length - 1, index + WORDS_AROUND)]?.to ?? from;
  return toQuote(text.slice(from, to));
}

function singularOf(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
