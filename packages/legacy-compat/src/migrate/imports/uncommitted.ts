import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { LegacyTreeError } from '../../errors.ts';

const run = promisify(execFile);

/** Nothing the repository configures is run. */
const QUIET = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * The files of a folder that git holds in another state, or not at all; empty when there is no repository.
 *
 * @throws {@link LegacyTreeError} when there is one and git does not answer.
 */
export async function findUncommitted(root: string): Promise<readonly string[]> {
  if (!(await isInRepository(root))) return [];
  try {
    const { stdout } = await run('git', [...QUIET, 'status', '--porcelain=v1', '-z', '--', '.'], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
    });
    return stdout
      .split('\0')
      .filter((line) => /^[ A-Z?!]{2} /u.test(line))
      .map((line) => line.slice(3));
  } catch (error) {
    const reason =
      error instanceof Error
        ? (error.message
            .split('\n')
            .filter((line) => line !== '')
            .at(-1) ?? '')
        : String(error);
    throw new LegacyTreeError({
      problem: `git does not tell what is committed in ${root} (${reason})`,
      advice: 'Nothing was changed. Put the repository right, or go on without with --force.',
      cause: error,
    });
  }
}

async function isInRepository(root: string): Promise<boolean> {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = await lstat(join(folder, '.git')).catch(() => undefined); // not there, or not ours to see
    if (found !== undefined) return true;
    if (dirname(folder) === folder) return false;
  }
}
