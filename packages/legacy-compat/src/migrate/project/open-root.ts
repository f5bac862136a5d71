import { readdir, realpath, stat } from 'node:fs/promises';

import { LegacyTreeError } from '../../errors.ts';
import { systemProblem } from './system-problem.ts';
import { visibleText } from './visible-text.ts';

/**
 * The real path of a folder that can be listed.
 *
 * @throws {@link LegacyTreeError} when it is none.
 */
export async function openRoot(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if (!(await stat(root)).isDirectory()) throw noFolder(folder, 'it is a file, not a folder');
    await readdir(root);
    return root;
  } catch (error) {
    throw error instanceof LegacyTreeError ? error : noFolder(folder, systemProblem(error), error);
  }
}

function noFolder(folder: string, problem: string, cause?: unknown): LegacyTreeError {
  return new LegacyTreeError({ problem: `${visibleText(folder)}: ${problem}`, cause });
}
