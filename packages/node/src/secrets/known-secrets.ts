/** Finds a secret whose value is known, however it is written. */
export interface KnownSecretFinder {
  /** The 1-based lines on which a known secret begins. */
  findLines(text: string): readonly number[];
  /** The text without the secrets in it, fit to be shown. */
  mask(text: string): string;
}

/** Shorter values stand in ordinary texts by chance. */
const SHORTEST = 8;
const MASK = '***';

/**
 * Looks for values that must never leave this process: as they are, percent-encoded, in hexadecimal digits, and in
 * base64, also as a part of a longer text that was encoded as a whole. Values of fewer than eight characters are
 * too common to be looked for.
 */
export function findKnownSecrets(secrets: readonly string[]): KnownSecretFinder {
  const forms = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(formsOf);
  const exact = [...new Set(forms.flatMap((form) => form.exact))];
  const anyCase = [...new Set(forms.flatMap((form) => form.anyCase))];

  return {
    findLines: (text) => {
      const lowered = text.toLowerCase();
      const lines = [
        ...exact.flatMap((form) => linesOf(text, form)),
        ...anyCase.flatMap((form) => linesOf(lowered, form)),
      ];
      return [...new Set(lines)].sort((a, b) => a - b);
    },
    mask: (text) => {
      const masked = exact.reduce((rest, form) => rest.replaceAll(form, MASK), text);
      return anyCase.some((form) => masked.toLowerCase().includes(form)) ? MASK : masked;
    },
  };
}

interface SecretForms {
  readonly exact: readonly string[];
  /** In lower case; their letters may be in either. */
  readonly anyCase: readonly string[];
}

function formsOf(secret: string): SecretForms {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const percent = hex.replace(/../gu, '%$&');
  return {
    exact: [secret, ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset))],
    anyCase: [hex, percent, encodeURIComponent(secret).toLowerCase()],
  };
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

function linesOf(text: string, form: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let from = 0;
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
    line += countLineEnds(text.slice(from, at));
    from = at;
    lines.push(line);
  }
  return lines;
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1;
}
