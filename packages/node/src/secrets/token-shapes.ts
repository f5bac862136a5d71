/** A secret that is known by its shape alone. */
export interface TokenFound {
  /** 1-based. */
  readonly line: number;
  /** The line on which what tells it ends. */
  readonly lastLine: number;
  readonly rule: string;
}

/**
 * Shapes the recommended rules of secretlint leave out, or take too narrowly. Each is linear: it begins at a fixed
 * text or at the beginning of a word, and every repetition ends where the next part begins.
 */
const SHAPES: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  {
    // Of any length, also inside a string of code: with escaped line ends, quotes and plus signs.
    rule: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\[nrt\s]|[\s"'`+,]){0,64}(?:[A-Za-z-]{3,20}: [^\n]{1,100}\n\s{0,8}){0,4}([A-Za-z0-9+/]{40})/gu,
  },
  { rule: 'google-api-key', pattern: /(?<![\w-])(AIza[\w-]{35})(?![\w-])/gu },
  { rule: 'huggingface', pattern: /(?<![\w-])(hf_[A-Za-z0-9]{30,64})(?![\w-])/gu },
  { rule: 'jwt', pattern: /(?<![\w-])(eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,})/gu },
];

/** The text of a secret is diverse; what stands for one in an example repeats itself. */
const LEAST_KINDS = 12;

/** The private keys and tokens in a text that are told by how they look, whatever they are called. */
export function findTokens(text: string): readonly TokenFound[] {
  return SHAPES.flatMap(({ rule, pattern }) => {
    const places = text
      .matchAll(pattern)
      .filter(([, value = '']) => new Set(value).size >= LEAST_KINDS)
      .flatMap(({ 0: { length }, index }) => [index, index + length])
      .toArray();
    const lines = linesAt(text, places);
    return lines.flatMap((line, at) =>
      at % 2 === 0 ? [{ line, lastLine: lines[at + 1] ?? line, rule }] : [],
    );
  });
}

/** The 1-based lines of places in ascending order; the text is read once. */
function linesAt(text: string, places: readonly number[]): readonly number[] {
  let line = 1;
  let from = 0;
  return places.map((place) => {
    line += text.slice(from, place).split('\n').length - 1;
    from = place;
    return line;
  });
}
