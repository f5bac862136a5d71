interface Escape {
  /** What every such escape begins with: whether there is any is found out fast. */
  readonly mark: '\\' | '%' | '&';
  readonly pattern: RegExp;
  readonly decode: (code: string) => string;
}

const MARKS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['hyphen', '-'],
  ['dash', '-'],
  ['lowbar', '_'],
  ['period', '.'],
  ['sol', '/'],
  ['plus', '+'],
  ['equals', '='],
  ['colon', ':'],
]);

/** How URLs, HTML, JSON and programming languages write a character. Each is linear: no two parts overlap. */
const ESCAPES: readonly Escape[] = [
  // First, so that an escape inside a string of JSON is whole for the others.
  { mark: '\\', pattern: /\\([\\/"'`])/gu, decode: (code) => code },
  {
    mark: '%',
    pattern: /((?:%[0-9a-f]{2})+)/giu,
    decode: (code) => Buffer.from(code.replaceAll('%', ''), 'hex').toString(),
  },
  { mark: '&', pattern: /&#x([0-9a-f]{1,6});?/giu, decode: fromHex },
  { mark: '&', pattern: /&#([0-9]{1,7});?/gu, decode: (code) => fromCodePoint(Number(code)) },
  { mark: '&', pattern: /&([a-z]{2,6});/giu, decode: (code) => MARKS.get(code.toLowerCase()) ?? `&${code};` },
  { mark: '\\', pattern: /\\u\{([0-9a-f]{1,6})\}/giu, decode: fromHex },
  { mark: '\\', pattern: /\\u([0-9a-f]{4})/giu, decode: fromHex },
  { mark: '\\', pattern: /\\x([0-9a-f]{2})/giu, decode: fromHex },
  { mark: '\\', pattern: /\\([0-3][0-7]{2})/gu, decode: (code) => fromCodePoint(Number.parseInt(code, 8)) },
  { mark: '\\', pattern: /\\([nrtbfv])/gu, decode: () => ' ' },
];

/** Whatever was escaped more often was not escaped by the tools a text passes through. */
const MOST_PASSES = 3;

/**
 * The text as it stands, and as it reads with its escapes resolved once, twice and three times, as far as there are
 * any. Every reading has the lines of the text: an escaped line end becomes a space.
 */
export function readingsOf(text: string): readonly string[] {
  const readings = [text];
  for (let last = text; readings.length <= MOST_PASSES;) {
    const decoded = resolveEscapes(last);
    if (decoded === last) break;
    readings.push(decoded);
    last = decoded;
  }
  return readings;
}

function resolveEscapes(text: string): string {
  return ESCAPES.reduce(
    (rest, { mark, pattern, decode }) =>
      rest.includes(mark)
        ? rest.replace(pattern, (_, code: string) => decode(code).replaceAll('\n', ' '))
        : rest,
    text.normalize('NFKC'),
  );
}

function fromHex(code: string): string {
  return fromCodePoint(Number.parseInt(code, 16));
}

function fromCodePoint(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}
