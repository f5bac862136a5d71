import { extname } from 'node:path';

/** What a key, a token or a password is called, as a part of a pattern. */
export const SECRET_NAME =
  '(?:(?:api|secret|access|private|auth|encryption)[_-]?key|secret|token|passwd|password|passphrase|pwd)';

// Linear: a value holds no quote, so no part of a line belongs to two attempts to match one.
const QUOTED = new RegExp(`${SECRET_NAME}["'\`]?\\s{0,8}[:=]\\s{0,8}["'\`]([^"'\`\\s]{16,512})["'\`]`, 'giu');

/** As shells and `.env` files write it: the name in capitals, no spaces, nothing behind the value. */
const SHELL = new RegExp(`${SECRET_NAME.toUpperCase()}=([\\w+/=.~-]{16,512})(?![^\\s"'\`;&|#)])`, 'gu');

/** As YAML, properties and shells write it: alone on its line. */
const PLAIN = new RegExp(
  `^[\\s#/*-]{0,40}(?:export\\s{1,8})?["']?[\\w.-]{0,100}${SECRET_NAME}["']?\\s{0,8}[:=]\\s{0,8}([\\w+/=.~!@^&*-]{16,512})\\s{0,8}(?:#.{0,200})?$`,
  'giu',
);

/** In programs a value without quotes is the name of something. */
const PROGRAMS = new Set(
  'astro c cc cjs clj cpp cs css cts cxx dart ex exs fs go groovy h hpp hs htm html java jl js jsx kt kts less lua m mjs ml mts nim php pl ps1 py r rb rs sass scala scss sol sql svelte swift ts tsx vb vue zig'
    .split(' ')
    .map((name) => `.${name}`),
);

/** A value may be where the secret is kept, or what kind it is of. */
const PLACE = /^(?:[./~]|urn:|https?:)/u;
const PLACEHOLDER = /example|placeholder|change-?me|your|dummy|xxxx|\*{3}|\.{3}|[<>{}$%]/iu;

/** Words and numbers with marks between them: a name, a version or a date. */
const WORDS = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+|v?\d+)(?:[-_./:](?:[a-z]+|[A-Z][a-z]*|[A-Z]+|v?\d+))*$/u;

/** Random text has about 4 bits a character from 16 characters on, words in a row about 3. */
const LEAST_BITS = 3.5;
const LEAST_DIGITS = 2;

const WINDOW = 10_240;
/** Longer than the longest match, so that one that lies across two windows is whole in the second. */
const OVERLAP = 1_024;

/** The 1-based lines on which something called a key, a token or a password is given a random-looking text. */
export function findAssignedSecrets({ path, content }: { path: string; content: string }): readonly number[] {
  const isProgram = PROGRAMS.has(extname(path).toLowerCase());
  const patterns = isProgram ? [QUOTED, SHELL] : [QUOTED, SHELL, PLAIN];
  return content
    .split('\n')
    .flatMap((line, index) =>
      windowsOf(line).some((window) => holdsSecret(window, patterns)) ? [index + 1] : [],
    );
}

function holdsSecret(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => text.matchAll(pattern).some(([, value = '']) => looksRandom(value)));
}

/** Whether a value is no name, no place and no example, but as diverse as random text. */
export function looksRandom(value: string): boolean {
  const digits = value.replace(/\D/gu, '').length;
  if (digits < LEAST_DIGITS || !/[a-z]/iu.test(value)) return false;
  if ([PLACE, PLACEHOLDER, WORDS].some((harmless) => harmless.test(value))) return false;
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
