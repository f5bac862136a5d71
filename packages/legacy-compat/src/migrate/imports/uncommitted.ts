import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';

import { LegacyTreeError } from '../../errors.ts';
import { isSystemError, systemProblem } from '../project/system-problem.ts';
import { visibleText } from '../project/visible-text.ts';

const run = promisify(execFile);

/** Nothing the repository configures is run. */
const QUIET = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Whatever the repository is told to leave out of a status. */
const EVERYTHING = ['--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=none'];

/** What a hook of git, for example, says about another repository. */
const PLACES: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
]);

/**
 * The files of a folder that git holds in another state, or not at all; empty when there is no repository.
 *
 * @throws {@link LegacyTreeError} when there is one and git does not answer.
 */
export async function findUncommitted(root: string): Promise<readonly string[]> {
  if (!(await isInRepository(root))) return [];
  try {
    const { stdout } = await run('git', [...QUIET, 'status', ...EVERYTHING, '--', '.'], {
      cwd: root,
      env: Object.fromEntries(Object.entries(env).filter(([name]) => !PLACES.has(name))),
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
    });
    return stdout
      .split('\0')
      .filter((line) => /^[ A-Z?!]{2} /u.test(line))
      .map((line) => line.slice(3));
  } catch (error) {
    throw new LegacyTreeError({
      problem: `git does not tell what is committed in ${visibleText(root)} (${visibleText(reasonOf(error))})`,
      advice: 'Nothing was changed. Put the repository right, or go on without with --force.',
      cause: error,
    });
  }
}

/** The last line of what git said. */
function reasonOf(error: unknown): string {
  if (isSystemError(error)) return error.code === 'ENOENT' ? 'git is not installed' : systemProblem(error);
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return lines.findLast((line) => line !== '') ?? '';
}

async function isInRepository(root: string): Promise<boolean> {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = await lstat(join(folder, '.git')).catch(() => undefined); // not there, or not ours to see
    if (found !== undefined) return true;
    if (dirname(folder) === folder) return false;
  }
}
