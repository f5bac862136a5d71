import { foldWord } from './fold-word.ts';
import { quoteFrom, type ScreeningFinding } from './screening-finding.ts';
import { phrases, type Phrase } from './phrases.ts';

/** A word of a text, in lower case, and where it stands. */
interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const WORD = /https?:\/\/|@|\.env\b|[\p{L}\p{N}_]+/gu;

/** More are not needed to make a person look. */
const MOST = 100;

const phrasesByFirstWord = indexByFirstWord();

/** Orders that are suspicious by what they say: words that follow one another within a short distance. */
export function findPhrases(text: string): readonly ScreeningFinding[] {
  const words = text
    .matchAll(WORD)
    .map(({ 0: word, index }) => ({
      text: foldWord(word),
      from: index,
      to: index + word.length,
    }))
    .toArray();
  return words
    .entries()
    .flatMap(([at, word]) =>
      (phrasesByFirstWord.get(word.text) ?? []).flatMap((phrase) => {
        const last = findLast(words, at, phrase);
        return last === undefined ? [] : [toFinding(text, phrase, { from: word.from, to: last.to })];
      }),
    )
    .take(MOST)
    .toArray();
}

function indexByFirstWord(): ReadonlyMap<string, readonly Phrase[]> {
  const byWord = new Map<string, readonly Phrase[]>();
  for (const phrase of phrases) {
    for (const word of phrase.first) byWord.set(word, [...(byWord.get(word) ?? []), phrase]);
  }
  return byWord;
}

/** The last word of a phrase that begins at a place: each of its further sets is met within its distance. */
function findLast(words: readonly Word[], at: number, { then }: Phrase): Word | undefined {
  let place = at;
  for (const { oneOf, within } of then) {
    const next = words.slice(place + 1, place + 1 + within).findIndex(({ text }) => oneOf.has(text));
    if (next === -1) return undefined;
    place += 1 + next;
  }
  return words[place];
}

function toFinding(
  text: string,
  { kind, severity, description }: Phrase,
  { from, to }: { readonly from: number; readonly to: number },
): ScreeningFinding {
  return { kind, severity, description, position: from, quote: quoteFrom(text, from, to) };
}
