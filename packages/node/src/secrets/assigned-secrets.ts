import type { SecretFinding } from '@jarvis/core';

// Name, "=" or ":", quote, value, quote. No part can match the same text in two ways, so the time is linear.
const ASSIGNMENT =
  /(?:api[_-]?key|secret(?:[_-]?key)?|access[_-]?token|auth[_-]?token|password|passwd)["'`]?\s{0,4}[:=]\s{0,4}["'`]([^\s"'`]{16,512})["'`]/giu;

/** The longest part of a line that is looked at, in characters. */
const LINE_LIMIT = 10_000;

/** Below this a value is a word or a placeholder rather than a key, in bits per character (Shannon). */
const ENTROPY_LIMIT = 3.2;

/** Finds values that look random and are assigned to names that promise a secret. */
export function findAssignedSecrets(path: string, content: string): readonly SecretFinding[] {
  return content
    .split('\n')
    .flatMap((line, index) =>
      [...line.slice(0, LINE_LIMIT).matchAll(ASSIGNMENT)]
        .filter(([, value = '']) => entropyOf(value) >= ENTROPY_LIMIT)
        .map(() => ({ path, line: index + 1, rule: 'assigned-secret' })),
    );
}

/** Shannon entropy of the characters of a text, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
