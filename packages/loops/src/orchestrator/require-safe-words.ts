import type { SecretScanner } from '@jarvis/core';

import { UnsafeWordsError } from '../steering-errors.ts';

/**
 * What people say about a run is kept and shown like the task, and must not hold what never leaves this process.
 *
 * @throws {@link UnsafeWordsError} when it does.
 */
export function requireSafeWords(
  words: readonly (string | undefined)[],
  secrets: Pick<SecretScanner, 'holdsKnownSecret'>,
): void {
  if (words.some((text) => text !== undefined && secrets.holdsKnownSecret(text)))
    throw new UnsafeWordsError();
}
