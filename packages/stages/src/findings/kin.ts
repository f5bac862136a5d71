import type { Finding } from '@jarvis/core';

/** How much of the words two texts must share to be one said in another way. */
const ALIKE = 0.75;

/**
 * Whether two findings are most likely one: the same rule and requirement, and the same text in whatever file, or much
 * the same words in the same file. Fingerprints are exact, so that nothing is settled by mistake; this is for seeing
 * that rounds go in circles although an auditor says or quotes the same thing in other words.
 */
function isKin(one: Finding, other: Finding): boolean {
  if (one.rule !== other.rule || one.requirement !== other.requirement) return false;
  const likeness = likenessOf(textOf(one), textOf(other));
  return likeness === 1 || (one.file === other.file && likeness >= ALIKE);
}

/** Pairs findings off with their kin, each at most once, and gives the number of pairs. */
export function countKin(some: readonly Finding[], others: readonly Finding[]): number {
  const left = [...others];
  return some.filter((finding) => {
    const index = left.findIndex((candidate) => isKin(finding, candidate));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  }).length;
}

function textOf({ quote = '', description }: Finding): string {
  return quote.trim() === '' ? description : quote;
}

/** The words both texts have, as a part of all their words. */
function likenessOf(one: string, other: string): number {
  const words = wordsOf(one);
  const otherWords = wordsOf(other);
  const all = new Set([...words, ...otherWords]);
  if (all.size === 0) return one.trim() === other.trim() ? 1 : 0;
  return [...words].filter((word) => otherWords.has(word)).length / all.size;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}
