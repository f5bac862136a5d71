/** What nobody sees: format characters, fillers, variation selectors, tags, private use, halves of characters. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

const SPACE = /[\s\p{Cc}\p{Z}\u{2800}]+/gu;

/** A text as a person sees it: one line, without unseen characters, cut to `longest` characters. */
export function cleanText(text: string, longest: number): string {
  const line = text.replace(UNSEEN, '').replace(SPACE, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest - 1);
  // Half a character is none.
  return `${cut.replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** An address as a browser reads it: what is left out there is left out here. */
export function cleanAddress(address: string, longest: number): string {
  return cleanText(address.replace(/[\t\n\r]/gu, ''), longest);
}
