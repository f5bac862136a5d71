import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';

import { parsePromptFile, type PromptTemplate } from '@jarvis/core';

/** Several times what a prompt may have. */
const MAX_BYTES = 200_000;

/** A prompt that was read from a file, or what is wrong with it, without its name. */
export type PromptFile =
  { readonly path: string; readonly prompt: PromptTemplate } | { readonly problem: string };

/**
 * Reads a file with a prompt: an `id` and a `version` between two lines of `---`, then the text.
 *
 * @param path absolute
 */
export async function readPromptFile(path: string): Promise<PromptFile> {
  try {
    // A pipe without a writer does not block.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile()) return { problem: 'it is no plain file' };
      if (found.size > MAX_BYTES) return { problem: `it is larger than ${String(MAX_BYTES)} bytes` };
      const content = new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
      const read = parsePromptFile(content);
      return 'problem' in read ? read : { ...read, path: await realpath(path) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { problem: `it cannot be read (${reasonOf(error)})` };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is not written in UTF-8';
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
