import { findKnownSecrets, type KnownSecretFinder, MASK } from './known-secrets.ts';

/** Takes known secrets out of a whole line or a whole document. */
export type RedactSecrets = (text: string) => string;

/**
 * Makes a function that takes known secrets out of a text, in whichever encoding they stand there, and leaves as much
 * of the rest as can be shown: JSON stays JSON, of other texts only the lines go that hold a secret. Use it in front
 * of every place where text leaves the process, on whole documents: half a secret is not found.
 */
export function createSecretRedactor(secrets: readonly string[]): RedactSecrets {
  const finder = findKnownSecrets(secrets);
  return (text) => (isClean(text, finder) ? text : redact(text, finder));
}

function redact(text: string, finder: KnownSecretFinder): string {
  const document = parseDocument(text);
  const redacted =
    document === undefined
      ? text
          .split('\n')
          .map((line) => finder.mask(line))
          .join('\n')
      : `${JSON.stringify(redactValue(document.value, finder), null, 2)}\n`;
  // What is left is spread over lines or values, and no one of them holds it.
  return isClean(redacted, finder) ? redacted : `${JSON.stringify(MASK)}\n`;
}

function isClean(text: string, finder: KnownSecretFinder): boolean {
  return finder.findLines(text).length === 0;
}

/** Only objects and lists are documents: a line such as `12` is text. */
function parseDocument(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined; // text that begins like JSON
  }
}

function redactValue(value: unknown, finder: KnownSecretFinder): unknown {
  if (typeof value === 'string') return finder.mask(value);
  if (Array.isArray(value)) return value.map((inner) => redactValue(inner, finder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [finder.mask(key), redactValue(inner, finder)]),
  );
}
