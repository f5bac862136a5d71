// Control and format characters, private use, separators of lines: what would move, recolour or reorder what is read.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A text from an old tree (a name, a line) as a part of one line: what cannot be seen is told by its code point. */
export function visibleText(text: string): string {
  return text.replace(UNSHOWABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const MOST_NAMED = 5;

/** Paths as a part of a sentence: the first of them, and how many more there are. */
export function listPaths(paths: readonly string[]): string {
  const more = paths.length > MOST_NAMED ? ` and ${String(paths.length - MOST_NAMED)} more` : '';
  return `${paths.slice(0, MOST_NAMED).map(visibleText).join(', ')}${more}`;
}
