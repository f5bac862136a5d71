import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { LARGEST_FILE } from './limits.ts';

const MB = 1024 * 1024;

/** Reads a file of state, or tells why not. What became a link or a pipe since it was listed is not waited for. */
export async function readStateText(
  file: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile()) return { problem: 'it is no file' };
      if (found.size > LARGEST_FILE) {
        return {
          problem: `it has ${String(Math.ceil(found.size / MB))} MB, and at most ${String(LARGEST_FILE / MB)} MB are read`,
        };
      }
      return { text: await handle.readFile('utf8') };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isSystemError(error)) return { problem: systemProblem(error) };
    throw error;
  }
}
