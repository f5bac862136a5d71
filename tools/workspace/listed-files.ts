import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { workspaceRoot } from './root.ts';
import { runCommand } from './run-command.ts';

/**
 * Lists the files of the repository as git knows them: tracked ones and new ones that are not ignored, without
 * those deleted on disk and without fixtures, which are recorded and not written.
 *
 * @param patterns git pathspecs such as `*.md`; none means every file. Leave exclusions to the caller: together
 *   with a pattern that begins with a folder, git 2.39 answers them with nothing.
 * @returns paths from the root, with forward slashes
 */
export async function listFiles(...patterns: readonly string[]): Promise<readonly string[]> {
  const options = ['-z', '--cached', '--others', '--exclude-standard'];
  const { code, output } = await runCommand(['git', 'ls-files', ...options, '--', ...patterns]);
  if (code !== 0) {
    throw new Error(`git cannot list the files of the repository: ${output.trim()}`);
  }
  const paths = [...new Set(output.split('\0'))].filter(
    (path) => path !== '' && !/(?:^|\/)fixtures\//u.test(path),
  );
  return paths.filter((path) => existsSync(join(workspaceRoot, path))).sort();
}
