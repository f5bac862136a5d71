import { sha256 } from '@jarvis/core';

/** Chooses one of several things by a text: always the same for the same text and question, otherwise spread evenly. */
export function choose<Option>(
  seed: string,
  question: string,
  options: readonly [Option, ...Option[]],
): Option {
  const index = Number.parseInt(sha256(`${question}\n${seed}`).slice(0, 8), 16) % options.length;
  return options[index] ?? options[0];
}
