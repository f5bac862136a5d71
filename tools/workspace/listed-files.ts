import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { workspaceRoot } from './root.ts';
import { runCommand } from './run-command.ts';

/**
 * Lists the files of the repository as git knows them: tracked ones and new ones that are not ignored, without
 * those deleted on disk.
 *
 * @param patterns git pathspecs such as `*.md`; none means every file
 * @returns paths from the root, with forward slashes
 */
export async function listFiles(...patterns: readonly string[]): Promise<readonly string[]> {
  const command = ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const { code, output } = await runCommand(['git', ...command.slice(1)]);
  if (code !== 0) {
    throw new Error(`git cannot list the files of the repository: ${output.trim()}`);
  }
  const paths = new Set(output.split('\0').filter((path) => path !== ''));
  return [...paths].filter((path) => existsSync(join(workspaceRoot, path))).sort();
}
