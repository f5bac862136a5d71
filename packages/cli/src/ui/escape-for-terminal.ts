// Everything that could move the cursor, recolour or reorder what a person reads. Line feed and tab are fine.
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text from outside as it may be shown on a terminal: control and invisible characters become visible. */
export function escapeForTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
