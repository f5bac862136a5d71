// Everything that could move the cursor, begin a line, recolour or reorder what a person reads.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text out of an old file as it may stand inside a line for people: what would act on a terminal becomes visible. */
export function showText(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
