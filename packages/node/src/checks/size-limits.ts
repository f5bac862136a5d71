/** The longest file that is read, in characters. */
export const LONGEST_SOURCE = 2_500_000;

/**
 * What takes the time of a parser that needs more than the length of a file; a picture within a page, say, costs little.
 * So many take it about a second.
 */
const DEAR_MARKS = {
  html: { mark: '<', most: 50_000 },
  yaml: { mark: /[,:\n[{-]/u, most: 200_000 },
} as const;

/** Why a file is too large to be read, as a part of a sentence; `undefined` when it is not. */
export function whyTooLarge(content: string, language: string): string | undefined {
  if (content.length > LONGEST_SOURCE) return `it is longer than ${String(LONGEST_SOURCE)} characters`;
  if (language !== 'html' && language !== 'yaml') return undefined;
  const { mark, most } = DEAR_MARKS[language];
  if (content.length <= most) return undefined;
  if (content.split(mark, most + 2).length <= most + 1) return undefined;
  return `it has more than ${String(most)} ${language === 'html' ? 'tags' : 'parts'}`;
}
