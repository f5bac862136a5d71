import { readingsOf } from './decode-text.ts';

/** Finds a secret whose value is known, however it is written. */
export interface KnownSecretFinder {
  /** The 1-based lines on which a known secret begins. */
  findLines(text: string): readonly number[];
  /** Whether there is any such line; much faster. */
  isIn(text: string): boolean;
  /** The text without the secrets in it, fit to be shown. */
  mask(text: string): string;
  /** The text without the beginnings of secrets that were cut off. */
  maskCut(text: string): string;
}

/** Shorter values stand in ordinary texts by chance. */
const SHORTEST = 8;
/** So many letters and digits in a row do not come together by chance, whatever is left out between them. */
const SHORTEST_SQUEEZED = 16;
/** What stands in a path where a secret was. */
export const MASK = '***';
/** What stands behind a text that was cut off. */
const CUT = '…';
/** The beginnings of all keys of a server are alike. */
const SHORTEST_CUT = 12;

/**
 * Looks for values that must never leave this process: as they are, backwards, in hexadecimal digits, character
 * codes or base64, also as a part of a longer text that was encoded as a whole; all of it in plain, escaped as in
 * URLs, HTML and code, or broken by line ends, spaces, quotes and other marks. Values of fewer than eight
 * characters are too common to be looked for; of fewer than sixteen letters and digits, to be put together again.
 */
export function findKnownSecrets(secrets: readonly string[], mask = MASK): KnownSecretFinder {
  const known = secrets.filter((secret) => secret.length >= SHORTEST);
  const exact = [...new Set(known.flatMap(exactForms))];
  const squeezed = [...exact.map(squeeze), ...known.flatMap(codeForms)].filter(isLong);
  const anyCase = known.flatMap(hexForms).filter(isLong);

  // What has enough letters and digits is found by them as well, whatever else is in it.
  const short = exact.filter((form) => !isLong(squeeze(form)));
  const isIn = (text: string) =>
    known.length > 0 &&
    readingsOf(text).some((reading) => {
      if (short.some((form) => reading.includes(form))) return true;
      const letters = squeeze(reading);
      if (squeezed.some((form) => letters.includes(form))) return true;
      const small = letters.toLowerCase();
      return anyCase.some((form) => small.includes(form));
    });
  const findLines = (text: string) => {
    if (!isIn(text)) return [];
    const lines = readingsOf(text).flatMap((reading) => [
      ...linesOf(reading.split('\n'), exact, '\n'),
      ...linesOf(reading.split('\n').map(squeeze), squeezed, ''),
      ...linesOf(reading.toLowerCase().split('\n').map(squeeze), anyCase, ''),
    ]);
    return [...new Set(lines)].sort((a, b) => a - b);
  };
  return {
    findLines,
    isIn,
    mask: (text) => {
      const masked = exact.reduce((rest, form) => rest.replaceAll(form, mask), text);
      return isIn(masked) ? mask : masked;
    },
    maskCut: (text) => maskCut(text, exact, mask),
  };
}

function maskCut(text: string, forms: readonly string[], mask: string): string {
  if (!text.includes(CUT)) return text;
  const pieces = text.split(CUT);
  const last = pieces.pop() ?? '';
  return [...pieces.map((piece) => maskEnd(piece, forms, mask)), last].join(CUT);
}

function maskEnd(piece: string, forms: readonly string[], mask: string): string {
  for (const form of forms) {
    for (let length = form.length - 1; length >= SHORTEST_CUT; length -= 1) {
      if (piece.endsWith(form.slice(0, length))) return piece.slice(0, -length) + mask;
    }
  }
  return piece;
}

/** Which bytes are letters or digits. */
const LETTERS = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(/[a-zA-Z0-9]/u.test(String.fromCharCode(byte))),
);

/**
 * Only letters and digits: what a text is made of, however it is broken, quoted and joined again. Byte by byte, as a
 * regular expression takes ten times as long for a large text.
 */
function squeeze(text: string): string {
  const bytes = Buffer.from(text);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    bytes[length] = byte;
    length += LETTERS[byte] ?? 0;
    at += 1;
  }
  return bytes.toString('latin1', 0, length);
}

function isLong(form: string): boolean {
  return form.length >= SHORTEST_SQUEEZED;
}

function exactForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    Array.from(secret).reverse().join(''),
    encodeURIComponent(secret.toWellFormed()),
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ];
}

/** The decimal codes of the characters; what stands between them is squeezed out. */
function codeForms(secret: string): readonly string[] {
  return [[...Buffer.from(secret)].join('')];
}

/** In lower case; plain, and with each byte as a number of its own. */
function hexForms(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.replace(/../gu, '0x$&')];
}

/**
 * Base64 turns three bytes into four characters, so what it makes of a text depends on where the text begins. The
 * characters that also depend on the neighbours are left out.
 */
function base64At(bytes: Buffer, offset: number): readonly string[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/u, '');
  const bits = (offset + bytes.length) * 8;
  const inner = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

/** The 1-based lines on which a form begins, in the text that the lines make with the separator between them. */
function linesOf(
  lines: readonly string[],
  forms: readonly string[],
  separator: '\n' | '',
): readonly number[] {
  const text = lines.join(separator);
  return forms.flatMap((form) => {
    const found: number[] = [];
    let line = 0;
    let end = lineLength(lines, line, separator);
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
      while (at >= end) {
        line += 1;
        end += lineLength(lines, line, separator);
      }
      found.push(line + 1);
    }
    return found;
  });
}

function lineLength(lines: readonly string[], line: number, separator: string): number {
  return (lines[line]?.length ?? 0) + separator.length;
}
