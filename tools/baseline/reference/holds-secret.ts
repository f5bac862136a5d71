/** What is taken for a secret in a scenario: an assigned key of some length, and keys with a well-known form. */
const SECRETS: readonly RegExp[] = [
  /(?:api[_-]?key|access[_-]?key|secret|token|passw(?:or)?d)["']?\s*[:=]\s*["'][\w+/=.-]{16,}["']/iu,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/u,
  /\bsk-[\w-]{20,}/u,
  /\bgh[pousr]_[0-9A-Za-z]{36,}/u,
  /\bxox[abprs]-[\w-]{10,}/u,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/u,
];

/** Whether a text holds a secret, by patterns of this runner's own: it does not ask the scanner that it judges. */
export function holdsSecret(text: string): boolean {
  return SECRETS.some((pattern) => pattern.test(text));
}
