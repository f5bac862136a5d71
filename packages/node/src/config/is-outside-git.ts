import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Nothing the repository configures may start a program while it is only asked. */
const CAREFUL = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${devNull}`,
];

const DEADLINE_MS = 10_000;

/** What of the caller's environment reaches git: where it is installed, and whose list of ignored files it reads. */
export interface AskingEnvironment {
  readonly executablePath: string;
  readonly homeDirectory: string;
}

/**
 * Tells whether git leaves a folder alone: it is in no repository, or everything in it is ignored and nothing of it
 * is tracked. When git cannot tell, the answer is no.
 */
export async function isOutsideGit(folder: string, environment: AskingEnvironment): Promise<boolean> {
  const root = await findRepository(folder);
  if (root === undefined) return true;
  const { executablePath: PATH, homeDirectory: HOME } = environment;
  const git = (...parts: readonly string[]) =>
    runFile('git', [...CAREFUL, ...parts], {
      cwd: root,
      env: { PATH, HOME, LC_ALL: 'C' },
      timeout: DEADLINE_MS,
    });
  try {
    // A file inside is asked about: a pattern such as `state/` speaks of folders, and this one may not exist yet.
    await git('check-ignore', '--quiet', '--', join(folder, 'projects', 'journal.db'));
    const { stdout } = await git('--literal-pathspecs', 'ls-files', '-z', '--', folder);
    return stdout === '';
  } catch {
    // Exit code 1 says that the folder is not ignored; everything else, that nobody can tell.
    return false;
  }
}

async function findRepository(folder: string): Promise<string | undefined> {
  if (await isThere(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findRepository(parent);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    // What cannot be seen is not taken for a repository; git could not use it either.
    return false;
  }
}
