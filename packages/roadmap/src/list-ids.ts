import { quoteText } from './escape-unsafe.ts';

const LISTED_AT_MOST = 10;

/** Ids for a sentence: quoted, ten at most. */
export function listIds(ids: readonly string[]): string {
  const listed = ids.slice(0, LISTED_AT_MOST).map(quoteText);
  const hidden = ids.length - listed.length;

  return hidden > 0 ? `${listed.join(', ')} and ${String(hidden)} more` : listed.join(', ');
}

/** Problems for a sentence: ten at most. */
export function listProblems(problems: readonly string[]): string {
  const listed = problems.slice(0, LISTED_AT_MOST);
  const hidden = problems.length - listed.length;

  return hidden > 0 ? `${listed.join('; ')}; and ${String(hidden)} more` : listed.join('; ');
}
