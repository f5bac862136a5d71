import type { SecretScanner } from '@jarvis/core';

import { InvalidTaskError } from '../errors.ts';

/** The longest task, in characters. Longer material belongs into files of the project. */
const MAX_TASK_LENGTH = 100_000;

/** Everything a terminal acts on, but what text files are made of: tab, line feed, carriage return. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/**
 * Refuses what is no task for anybody.
 *
 * @throws {@link InvalidTaskError} when it is blank, too long, or holds the key or characters no person writes.
 */
export function requireTask(
  task: unknown,
  secrets: Pick<SecretScanner, 'holdsKnownSecret'>,
): asserts task is string {
  // A program may be written without types.
  if (typeof task !== 'string') throw new InvalidTaskError({ problem: 'is no text' });
  if (task.trim() === '') throw new InvalidTaskError({ problem: 'is empty' });
  if (task.length > MAX_TASK_LENGTH) {
    const limit = String(MAX_TASK_LENGTH);
    throw new InvalidTaskError({
      problem: `is longer than ${limit} characters; put the material into files`,
    });
  }
  if (secrets.holdsKnownSecret(task)) {
    throw new InvalidTaskError({ problem: 'holds the key of the model server; leave it out' });
  }
  const at = task.search(CONTROL);
  if (at === -1) return;
  const code = task.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw new InvalidTaskError({
    problem: `has the control character U+${code} at position ${String(at + 1)}; leave it out`,
  });
}
