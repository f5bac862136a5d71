/** A text as one line of at most so many characters; what is cut is marked with `…`. All of it is in `--json`. */
export function cutText(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
