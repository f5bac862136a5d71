import { stripVTControlCharacters } from 'node:util';

// Control and format characters, private use, line separators: what a terminal or a reader would take for something else.
const UNSHOWABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

/** What a program wrote, as text that is safe to show: without colours, other control characters by their number. */
export function escapeOutput(output: Uint8Array): string {
  const text = stripVTControlCharacters(new TextDecoder().decode(output));
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(UNSHOWABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .trim();
}
