/** Line breaks, terminal codes and marks that turn the direction of text: briefs and notes may come from a model. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const SHOWN_CHARACTERS = 80;

/** A text in which nothing is left that a terminal would take for a command. */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A text for a sentence: quoted, escaped, cut to 80 characters. */
export function quoteText(text: string): string {
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;

  return `"${escapeUnsafe(short)}"`;
}
