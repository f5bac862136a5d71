import { SECRET_SHAPES, type SecretShape } from './secret-shapes.ts';

const PATTERNS = SECRET_SHAPES.map((shape) => ({
  shape,
  pattern: new RegExp(`(${shape.prefix})([${shape.body}]{4,})`, 'gu'),
}));

/** Shorter pieces are parts of names, unless it is seen that something was cut off. */
const LEAST_LENGTH = 12;
const CUT = '…';

/** Of fewer characters a token may have no digit by chance. */
const LEAST_WITHOUT_DIGIT = 30;
const LEAST_KINDS = 6;

/** Words and numbers with marks between them: a name, a path or a date. */
const WORDS = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+|\d+)(?:[-_./:](?:[a-z]+|[A-Z][a-z]*|[A-Z]+|\d+))*$/u;

/** Takes out what is told to be a token by its beginning, also when its end was cut off. */
export function redactTokens(text: string): string {
  return PATTERNS.reduce((rest, { shape, pattern }) => {
    if (!shape.marks.some((mark) => rest.includes(mark))) return rest;
    return rest.replace(pattern, (whole: string, ...parts: unknown[]) => {
      const [prefix, body, at] = parts;
      if (typeof prefix !== 'string' || typeof body !== 'string' || typeof at !== 'number') return whole;
      return redactToken({ text: rest, at, prefix, body, shape }) ?? whole;
    });
  }, text);
}

interface Candidate {
  readonly text: string;
  readonly at: number;
  readonly prefix: string;
  readonly body: string;
  readonly shape: SecretShape;
}

function redactToken({ text, at, prefix, body, shape }: Candidate): string | undefined {
  // The end of a sentence is not part of a token.
  const token = body.replace(/\.+$/u, '');
  const isCut = text.startsWith(CUT, at + prefix.length + body.length);
  const isReal = beginsHere(text, at) && (shape.rest?.test(token) ?? true) && looksReal(token, isCut);
  return isReal ? `[redacted: ${shape.name}]${body.slice(token.length)}` : undefined;
}

/** A letter before it may be the end of an escape: in JSON, lines begin with `\n`. */
function beginsHere(text: string, at: number): boolean {
  const [escape = '', before = ''] = text.slice(Math.max(0, at - 2), at).padStart(2, ' ');
  return !/[A-Za-z0-9]/u.test(before) || (escape === '\\' && /[nrtbf]/u.test(before));
}

function looksReal(token: string, isCut: boolean): boolean {
  if (WORDS.test(token)) return false;
  if (isCut) return /[\dA-Z]/u.test(token);
  const isDiverse = new Set(token).size >= LEAST_KINDS;
  return (
    token.length >= LEAST_LENGTH && isDiverse && (/\d/u.test(token) || token.length >= LEAST_WITHOUT_DIGIT)
  );
}
