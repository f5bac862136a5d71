import { resolve } from 'node:path';

import type { Git, GitOutcome } from './git-call.ts';
import { type GitFolder, locateGitFolder } from './git-folder.ts';
import { findGitLink, judgeOwnership } from './judge-ownership.ts';

/** How a folder and git repositories lie to one another. */
export type RepositoryPlace =
  | { readonly type: 'own'; readonly folder: GitFolder }
  | { readonly type: 'outside' }
  /** There is no git to ask. */
  | { readonly type: 'unknown'; readonly problem: string }
  /** The folder belongs to the repository of another project. */
  | { readonly type: 'within' }
  | { readonly type: 'unusable'; readonly problem: string };

const OLDEST_MAJOR = 2;
const OLDEST_MINOR = 20;

/** Finds the repository a folder is the top of. */
export async function locateRepository(git: Git, root: string): Promise<RepositoryPlace> {
  const flaw = judgeVersion(await git.attempt({ args: ['--version'] }));
  if (flaw !== undefined) return flaw;
  const link = await findGitLink(root);
  if (link !== undefined) return { type: 'unusable', problem: link };

  const places = ['--show-cdup', '--absolute-git-dir', '--git-common-dir'];
  const outcome = await git.attempt({
    args: ['rev-parse', '--is-bare-repository', '--is-inside-git-dir', ...places],
  });
  if (outcome.exitCode !== 0) return judgeRefusal(outcome.stderr, root);

  const [isBare, isInsideGitDirectory, pathToTop = '', gitDirectory = '', commonDirectory = ''] =
    outcome.stdout.split('\n');
  if (isBare === 'true') {
    return { type: 'unusable', problem: 'the repository is bare: it has no files to work on' };
  }
  if (isInsideGitDirectory === 'true') {
    return { type: 'unusable', problem: 'the folder lies in the git directory of a repository' };
  }
  const ownership = await judgeOwnership(git, { root, gitDirectory, commonDirectory, pathToTop });
  switch (ownership.type) {
    case 'own':
      return { type: 'own', folder: locateGitFolder(gitDirectory, resolve(root, commonDirectory)) };
    case 'within':
      return ownership;
    case 'foreign':
      return { type: 'unusable', problem: ownership.problem };
  }
}

function judgeVersion({ exitCode, stdout }: GitOutcome): RepositoryPlace | undefined {
  const [, major, minor] = /(\d+)\.(\d+)/u.exec(exitCode === 0 ? stdout : '') ?? [];
  if (major === undefined || minor === undefined) {
    return { type: 'unknown', problem: 'there is no git on the PATH; install git 2.20 or newer' };
  }
  const isOld =
    Number(major) < OLDEST_MAJOR || (Number(major) === OLDEST_MAJOR && Number(minor) < OLDEST_MINOR);
  return isOld
    ? { type: 'unusable', problem: `git ${major}.${minor} is too old; install git 2.20 or newer` }
    : undefined;
}

function judgeRefusal(stderr: string, root: string): RepositoryPlace {
  // "… (or any of the parent directories)": with a path instead, a broken `.git` file points to that path.
  if (stderr.includes('not a git repository (or any')) return { type: 'outside' };
  if (stderr.includes('dubious ownership')) {
    const command = `git config --global --add safe.directory ${root}`;
    return {
      type: 'unusable',
      problem: `the folder belongs to another user; if you trust it, run: ${command}`,
    };
  }
  const [said = ''] = stderr.replace(/^fatal: /u, '').split('\n');
  return { type: 'unusable', problem: `git says: ${said.slice(0, 200)}` };
}
