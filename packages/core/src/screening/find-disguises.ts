import { foldWord, mixesScripts } from './fold-word.ts';
import { quoteFrom, type ScreeningFinding } from './screening-finding.ts';

/** Linear: a row begins where no letter stands before, and each step takes one mark and one letter. */
const SPACED = /(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]{1,2}\p{L}){5,}(?![\p{L}\p{N}])/gu;

/** What nobody spaces for looks. */
const TELLING =
  /ignore|disregard|forget|override|bypass|instruct|system|prompt|previous|secret|password|apikey|approve|ignorier|anweisung|oublie|olvida/u;

const MIXED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{3,}/gu;

/** More are not needed to make a person look. */
const MOST = 10;

/** Words that are written so that a person reads them and a search does not. */
export function findDisguises(text: string): readonly ScreeningFinding[] {
  const spaced = text
    .matchAll(SPACED)
    .filter(({ 0: row }) => TELLING.test(foldWord(row.replace(/[ .*_-]/gu, ''))))
    .map((match) => toFinding(text, match, 'An order is written in spaced letters.'));
  const mixed = text
    .matchAll(MIXED)
    .filter(({ 0: word }) => mixesScripts(word))
    .map((match) =>
      toFinding(text, match, 'A word has letters of another script that look like Latin ones.'),
    );
  return [...spaced.take(MOST), ...mixed.take(MOST)];
}

function toFinding(
  text: string,
  { 0: found, index }: RegExpExecArray,
  description: string,
): ScreeningFinding {
  return {
    kind: 'hidden-text',
    severity: 'medium',
    quote: quoteFrom(text, index, index + found.length),
    position: index,
    description,
  };
}
