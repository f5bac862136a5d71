import type { GitState } from '@jarvis/core';

import { findHooks } from './find-hooks.ts';
import type { Git } from './git-call.ts';

/**
 * The state of a repository in which hooks are to be run: unusable with a git that cannot be asked to, and where nobody
 * can tell which hooks there are. Git itself would commit as if there were none.
 */
export async function requireHooks(git: Git, root: string, state: GitState): Promise<GitState> {
  const { stdout } = await git.attempt({ args: ['version'] });
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/u.exec(stdout) ?? [];
  const isOld = Number(major) < 2 || (Number(major) === 2 && Number(minor) < 36);
  if (isOld) return { type: 'unusable', problem: TOO_OLD };
  const { obstacle } = await findHooks(git, root);
  return obstacle === undefined
    ? state
    : { type: 'unusable', problem: `${obstacle}, or leave out --run-hooks` };
}

const TOO_OLD = 'git before 2.36 cannot be asked to run hooks; install a newer one, or leave out --run-hooks';
