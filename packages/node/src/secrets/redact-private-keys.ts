const HEADER = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/gu;
const FOOTER = '-----END';

/** The largest key in use has about 13,000 characters; escapes and what stands before each line come on top. */
const LONGEST = 40_000;

/** What stands between the lines of a key: line ends, also escaped, quotation marks, and what marks lines. */
const BETWEEN = '(?:\\\\+[nrt"\'`]|\\s\\+\\s|[\\s"\'`,|>#*-])';

/** A key that was cut off has no footer. Only long pieces are a part of it then, and what stands before the cut. */
const CUT_BODY = new RegExp(
  `(?:${BETWEEN}{0,32}(?:[A-Za-z0-9+/]{40,}={0,2}|[A-Za-z0-9+/]{2,39}(?:={1,2}(?![\\w=])|(?=…))))+`,
  'uy',
);

/** Letters behind a backslash belong to an escape. */
const PIECE = /(?<!\\)[A-Za-z0-9+/=]{16,}|(?<!\\)[A-Za-z0-9+/=]{2,15}(?=[^A-Za-z0-9+/=]{0,32}$)/gu;

const REDACTED = '[redacted: private key]';

/** Random text has many kinds of characters; what stands for a key in an example has few. */
const LEAST_KINDS = 12;
const LEAST_LENGTH = 24;

/**
 * Takes out what private keys consist of, and leaves their first and last line and whatever holds their lines
 * together: a list of JSON stays one. In time linear in the length of the text.
 */
export function redactPrivateKeys(text: string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  const starts = text
    .matchAll(HEADER)
    .map(({ 0: header, index }) => index + header.length)
    .toArray();
  const bodies = starts.map((start, at) => ({ start, end: endOfBody(text, start, starts[at + 1]) }));
  let from = 0;
  const parts = bodies.flatMap(({ start, end }) => {
    const before = text.slice(from, start);
    from = end;
    return [before, redactBody(text.slice(start, end))];
  });
  return [...parts, text.slice(from)].join('');
}

function endOfBody(text: string, start: number, next = text.length): number {
  const footer = text.slice(start, Math.min(next, start + LONGEST)).indexOf(FOOTER);
  if (footer !== -1) return start + footer;
  CUT_BODY.lastIndex = start;
  return CUT_BODY.test(text) ? CUT_BODY.lastIndex : start;
}

function redactBody(body: string): string {
  const isKey = body
    .matchAll(PIECE)
    .some(([piece]) => piece.length >= LEAST_LENGTH && new Set(piece).size >= LEAST_KINDS);
  if (!isKey) return body;
  let isFirst = true;
  return body.replace(PIECE, () => {
    const shown = isFirst ? REDACTED : '…';
    isFirst = false;
    return shown;
  });
}
