import { findKnownSecrets, type KnownSecretFinder } from './known-secrets.ts';
import { redactAssigned } from './redact-assigned.ts';
import { redactCredentials } from './redact-credentials.ts';
import { redactPrivateKeys } from './redact-private-keys.ts';
import { redactTokens } from './redact-tokens.ts';

/** Takes secrets out of a whole line or a whole document. */
export type RedactSecrets = (text: string) => string;

const REDACTED = '[redacted: API key]';

/** From the surest to the vaguest: what one has taken out, the next ones take no offence at. */
const BY_PATTERN: readonly RedactSecrets[] = [
  redactPrivateKeys,
  redactTokens,
  redactCredentials,
  redactAssigned,
];

/**
 * Makes a function that takes secrets out of a text: the ones that are known, in whichever encoding they stand there,
 * and whatever looks like a token, a private key, or a password that is assigned or stands in an address. What it was
 * stands in its place, as in `[redacted: GitHub token]`. JSON stays JSON, a document or lines of it; of other texts
 * that hold a known secret in disguise, the line goes. A redacted text stays as it is when it is redacted again.
 *
 * Use it in front of every place where text leaves the process, on whole documents: half a secret is only found in
 * front of a `…`. Known values of fewer than eight characters are not looked for.
 */
export function createSecretRedactor(secrets: readonly string[]): RedactSecrets {
  const finder = findKnownSecrets(secrets, REDACTED);
  return (text) => {
    const withoutKnown = finder.isIn(text) ? redactKnown(text, finder) : text;
    return BY_PATTERN.reduce((rest, redact) => redact(rest), finder.maskCut(withoutKnown));
  };
}

function redactKnown(text: string, finder: KnownSecretFinder): string {
  const redacted =
    redactDocument(text, finder) ??
    text
      .split('\n')
      .map((line) => redactDocument(line, finder) ?? finder.mask(line))
      .join('\n');
  // What is left is spread over lines or values, and no one of them holds it.
  return finder.isIn(redacted) ? `${JSON.stringify(REDACTED)}\n` : redacted;
}

/** Only objects and lists are documents: a line such as `12` is text. */
function redactDocument(text: string, finder: KnownSecretFinder): string | undefined {
  if (!/^\s*[[{]/u.test(text) || !finder.isIn(text)) return undefined;
  try {
    const value = redactValue(JSON.parse(text), finder);
    const end = text.slice(text.trimEnd().length);
    return JSON.stringify(value, null, text.trim().includes('\n') ? 2 : 0) + end;
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
