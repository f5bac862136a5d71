import { createRequire } from 'node:module';

import type { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { z } from 'zod';

/** The encodings whose tables are at hand. */
export type EncodingName = 'o200k_base' | 'cl100k_base';

/** Which models use which encoding; a date after the name is a release of the same model. */
const MODELS: readonly (readonly [EncodingName, RegExp])[] = [
  [
    'o200k_base',
    /^(?:gpt-4o(?:-mini)?|gpt-4\.1(?:-mini|-nano)?|gpt-5(?:-mini|-nano)?)(?:-\d{4}-\d{2}-\d{2})?$/u,
  ],
  ['o200k_base', /^(?:o1|o3|o3-mini|o4-mini)(?:-\d{4}-\d{2}-\d{2})?$/u],
  ['cl100k_base', /^(?:gpt-4|gpt-4-turbo|gpt-3\.5-turbo)(?:-\d{4}-\d{2}-\d{2})?$/u],
];

/** The encoding of a model, or `undefined` when nobody can tell. */
export function encodingOf(model: string): EncodingName | undefined {
  return MODELS.find(([, names]) => names.test(model))?.[0];
}

/** Counts the tokens of a text, exactly. */
export type CountText = (text: string) => number;

/** How many pieces of text the library remembers; by default it would keep tens of megabytes. */
const REMEMBERED_PIECES = 10_000;

const librarySchema = z.object({
  countTokens: z.custom<typeof countTokens>((value) => typeof value === 'function'),
  setMergeCacheSize: z.custom<(size: number) => void>((value) => typeof value === 'function'),
});

/**
 * Loads the table of an encoding, which takes about 0.2 s and 70 MB. It is loaded here, and not by an import, so that
 * a program which asks no model pays nothing; and at once, as counting cannot wait.
 */
export function loadEncoding(name: EncodingName): CountText {
  const library = librarySchema.parse(requireTable(name));
  library.setMergeCacheSize(REMEMBERED_PIECES);
  return (text) => library.countTokens(text, { disallowedSpecial: new Set() });
}

function requireTable(name: EncodingName): unknown {
  const require = createRequire(import.meta.url);
  switch (name) {
    case 'o200k_base':
      return require('gpt-tokenizer/encoding/o200k_base');
    case 'cl100k_base':
      return require('gpt-tokenizer/encoding/cl100k_base');
  }
}
