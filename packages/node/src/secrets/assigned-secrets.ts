// Linear: a value holds no quote, so no part of a line belongs to two attempts to match one.
const ASSIGNMENT =
  /(?:(?:api|secret|access|private|auth|encryption)[_-]?key|secret|token|passwd|password|pwd)["'`]?\s{0,8}[:=]\s{0,8}["'`]([^"'`\s]{16,512})["'`]/giu;

const PLACEHOLDER = /example|placeholder|change-?me|your|dummy|xxxx|\*{3}|\.{3}|[<>{}$%]/iu;

/** Random text has about 4 bits a character from 16 characters on, words in a row about 3. */
const LEAST_BITS = 3.5;
const LEAST_DIGITS = 2;

const WINDOW = 10_240;
/** Longer than the longest match, so that one that lies across two windows is whole in the second. */
const OVERLAP = 1_024;

/** The 1-based lines on which something called a key, a token or a password is given a random-looking text. */
export function findAssignedSecrets(text: string): readonly number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (windowsOf(line).some((window) => holdsSecret(window)) ? [index + 1] : []));
}

function holdsSecret(text: string): boolean {
  return [...text.matchAll(ASSIGNMENT)].some(([, value = '']) => looksRandom(value));
}

function looksRandom(value: string): boolean {
  const digits = value.replace(/\D/gu, '').length;
  if (digits < LEAST_DIGITS || !/[a-z]/iu.test(value) || PLACEHOLDER.test(value)) return false;
  return bitsPerCharacter(value) >= LEAST_BITS;
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}

/** A long line in pieces: the time for one match stays bounded, and no part of the line stays unread. */
function windowsOf(line: string): readonly string[] {
  const windows = [line.slice(0, WINDOW)];
  for (let start = WINDOW - OVERLAP; start + OVERLAP < line.length; start += WINDOW - OVERLAP) {
    windows.push(line.slice(start, start + WINDOW));
  }
  return windows;
}
