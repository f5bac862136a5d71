import { classifyTask, type TaskImportance } from '@jarvis/core';

import { countThings } from '../text/count-things.ts';
import { findSigns, toQuote } from './find-signs.ts';
import { type Measure, measureAll, measureOne } from './measure.ts';
import { productSigns, riskySigns } from './task-signs.ts';

/** What can be measured of a task. */
export type TaskFact =
  | 'muchWork'
  | 'littleWork'
  | 'words'
  | 'listed'
  | 'kinds'
  | 'product'
  | 'namedFiles'
  | 'riskyWords'
  | 'important'
  | 'unimportant'
  | 'prose';

/** What `classifyTask` says of a length, which is measured here. */
const LENGTH = /^\d+ words$/u;

/** Fewer things after a colon are a sentence, not a list. */
const FEWEST_LISTED = 3;

const ITEM = /^\s{0,20}(?:[-*+•]|\d{1,3}[.)])\s/u;
const PATH_LIKE = /[\p{L}\p{N}_./-]+/gu;
const EXTENSION = /\.[a-z][a-z\d]{0,4}$/iu;

/** Letters of scripts that put no space between words; two of them are about one word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Measures a task by its text, in time linear in its length; its importance is taken over. */
export function measureTask(text: string, importance?: TaskImportance): Readonly<Record<TaskFact, Measure>> {
  const { kind, evidence } = classifyTask(text);
  const kinds = evidence.filter(({ fact }) => fact === 'kind').map(({ value }) => value);
  const signsFor = (complexity: string) =>
    evidence.filter(({ value, sign }) => value === complexity && !LENGTH.test(sign)).map(({ sign }) => sign);
  const words = countWords(text);
  const stated = measureOne(1, `stated importance: ${importance ?? 'none'}`);
  const nothing = measureAll([]);
  return {
    muchWork: measureSigns(text, new Set(signsFor('high'))),
    littleWork: measureSigns(text, new Set(signsFor('low'))),
    words: measureOne(words, countThings(words, 'word')),
    listed: measureAll(listItems(text).map((item) => ({ what: 'listed', quote: toQuote(item) }))),
    kinds: measureAll([...new Set(kinds)].map((what) => ({ what }))),
    product: measureSigns(text, productSigns),
    namedFiles: measureAll(namesOf(text).map((name) => ({ what: 'file', quote: toQuote(name) }))),
    riskyWords: measureSigns(text, riskySigns),
    important: importance === 'high' ? stated : nothing,
    unimportant: importance === 'low' ? stated : nothing,
    prose: kind === 'docs' ? measureOne(1, 'the task is about documents') : nothing,
  };
}

function measureSigns(text: string, signs: ReadonlySet<string>): Measure {
  return measureAll(findSigns(text, signs).map(({ sign, quote }) => ({ what: sign, quote })));
}

function countWords(text: string): number {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  return Math.max(words, Math.floor(unspaced / 2));
}

/** Lines that are items, and what is listed after a colon. */
function listItems(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    if (ITEM.test(line)) return [line];
    const colon = line.indexOf(': ');
    const parts = colon === -1 ? [] : line.slice(colon + 2).split(/, | and /u);
    return parts.length < FEWEST_LISTED ? [] : parts;
  });
}

function namesOf(text: string): readonly string[] {
  const tokens = (text.match(PATH_LIKE) ?? []).map((token) => token.slice(-200).replace(/\.{1,3}$/u, ''));
  return [...new Set(tokens.filter((token) => EXTENSION.test(token)))];
}
