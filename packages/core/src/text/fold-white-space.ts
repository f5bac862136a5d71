/** A text on one line, with single blanks: for comparing what models copied, since white space is lost then and says nothing. */
export function foldWhiteSpace(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
