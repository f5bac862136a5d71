const WORDS_OF_NO_WEIGHT: ReadonlySet<string> = new Set(
  'all and are but for from has have into not now one our out that the their then this use was which will with you'.split(
    ' ',
  ),
);

/** The words of a text that say what it is about, in lower case: for choosing what is told about a subject. */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.filter((word) => !WORDS_OF_NO_WEIGHT.has(word)));
}
