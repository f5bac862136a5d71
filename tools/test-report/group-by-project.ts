import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { workspaceRoot } from '../workspace/root.ts';

/**
 * Groups files by the project they belong to: the nearest folder above them that has a `package.json`.
 *
 * @param files paths from the root of the repository, with forward slashes
 */
export function groupByProject(
  files: readonly string[],
  root: string = workspaceRoot,
): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(files, (file) => projectOf(posix.dirname(file), root));
}

function projectOf(folder: string, root: string): string {
  return folder === '.' || existsSync(join(root, folder, 'package.json'))
    ? folder
    : projectOf(posix.dirname(folder), root);
}
