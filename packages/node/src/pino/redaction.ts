import { createSecretRedactor } from '../secrets/secret-redactor.ts';

/** Takes the secrets out of a text. */
export type Redact = (text: string) => string;

const REDACTED = '[redacted]';

/** A shorter value would be found in ordinary words, and no key is that short. */
const SHORTEST_SECRET = 4;

const PATTERNS = [/\bsk-[\w-]{8,}/g, /\bBearer\s+[\w.~+/=-]{8,}/gi];

/**
 * Makes a function that takes known secrets out of a text, plain or in any encoding, and whatever looks like a key.
 * Use it in front of every place where text leaves the process.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const known = secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(formsOf);
  // A form that holds another one goes first, or its rest would stay.
  const forms = [...new Set(known)].sort((a, b) => b.length - a.length);
  const redactEncoded = createSecretRedactor(secrets);
  return (text) => {
    const withoutKnown = forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
    const withoutKeys = PATTERNS.reduce((rest, pattern) => rest.replace(pattern, REDACTED), withoutKnown);
    return redactEncoded(withoutKeys);
  };
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    // Padding depends on what follows the secret.
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
