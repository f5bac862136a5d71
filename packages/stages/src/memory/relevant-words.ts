import { tellingWords } from '@jarvis/core';

/** How many of these words a text has. */
export function sharedWords(wanted: ReadonlySet<string>, text: string): number {
  return [...tellingWords(text)].filter((word) => wanted.has(word)).length;
}
