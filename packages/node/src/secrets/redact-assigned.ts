import { looksRandom, SECRET_NAME } from './assigned-secrets.ts';

/** A quotation mark, also inside a string of JSON. */
const QUOTE = '\\\\{0,8}["\'`]';
const ASSIGNED = `(?:${QUOTE})?\\s{0,8}[:=]\\s{0,8}`;

/** No backslash and no quotation mark is in a value: what is JSON stays JSON. */
const PATTERNS = [
  new RegExp(`(${SECRET_NAME}${ASSIGNED}${QUOTE})([^"'\`\\\\\\s]{16,512})(?=${QUOTE}|…)`, 'giu'),
  new RegExp(`(${SECRET_NAME.toUpperCase()}=)([\\w+/=.~-]{16,512})(?![^\\s"'\`\\\\;&|#)…])`, 'gu'),
  new RegExp(
    `((?:^|\\\\n)(?:\\s|\\\\[nrt]|[#/*-]){0,40}(?:export\\s{1,8})?["']?(?:\\w[\\w.-]{0,100})?${SECRET_NAME}${ASSIGNED})([\\w+/=.~!@^&*-]{16,512})(?=[ \\t]{0,8}(?:$|#|…|\\\\[nr]|${QUOTE}))`,
    'gimu',
  ),
];

const NAMED = new RegExp(SECRET_NAME, 'iu');
const REDACTED = '[redacted: secret value]';

/** Takes out random-looking values that are given to something called a key, a token or a password. */
export function redactAssigned(text: string): string {
  if (!NAMED.test(text)) return text;
  return PATTERNS.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (whole, head: string, value: string) =>
        looksRandom(value) ? head + REDACTED : whole,
      ),
    text,
  );
}
