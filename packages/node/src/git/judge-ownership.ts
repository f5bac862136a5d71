import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import type { Git } from './git-call.ts';
import type { GitFolder } from './git-folder.ts';
import { readPlainFile } from './read-plain-file.ts';

/** What git found when it was asked in a folder. */
export interface Discovery {
  readonly root: string;
  readonly gitDirectory: string;
  /** Where the branches and objects are: the git directory itself but in a linked worktree. */
  readonly commonDirectory: string;
  /** Empty when the folder is the top of the working tree. */
  readonly pathToTop: string;
}

/** Whose a repository is: this folder's, or that of a folder above it, or one in which commits do harm. */
export type Ownership =
  | { readonly type: 'own' }
  | { readonly type: 'within' }
  | { readonly type: 'foreign'; readonly problem: string };

/** Says why a `.git` that is a symbolic link cannot be used: git would follow it, even to make a repository. */
export async function findGitLink(root: string): Promise<string | undefined> {
  const path = join(root, '.git');
  if (!(await isLink(path))) return undefined;
  // A link that leads nowhere has no real path.
  const target = await realpath(path).catch(() => 'a place that does not exist');
  return `.git is a symbolic link to ${target}: commits would land there. Remove the link and run: git init`;
}

/**
 * A repository is a folder's own when it lies in the folder, or when it says so itself: git believes any `.git` file,
 * and so would commit to whatever repository somebody wrote into it.
 */
export async function judgeOwnership(git: Git, discovery: Discovery): Promise<Ownership> {
  const real = await toRealPaths(discovery);
  const { root, gitDirectory, commonDirectory, pathToTop } = real;
  if (gitDirectory === join(root, '.git')) return judgeOwnFolder(real);
  if (pathToTop !== '' && !(await isFile(join(root, '.git')))) return { type: 'within' };

  const isLinked = gitDirectory !== commonDirectory;
  const isNamed = isLinked ? await isWorktreeOf(real) : await isWorkingTreeOf(git, real);
  if (isNamed && pathToTop === '') return { type: 'own' };
  const remedy = isLinked
    ? 'If a worktree was moved here, run: git worktree repair'
    : `If it is the repository of this folder, run: git config core.worktree ${root}`;
  const problem =
    `.git leads to ${gitDirectory}, which does not name this folder as its own: commits would land in another ` +
    `project. Remove .git and run: git init. ${remedy}`;
  return { type: 'foreign', problem };
}

/** Names a symbolic link on the way to what a commit writes: it would be written wherever that leads. */
export async function findDiversion(folder: GitFolder, branch: string): Promise<string | undefined> {
  const { gitDirectory, commonDirectory } = folder;
  const parts = branch.split('/');
  const toBranch = parts.map((_, index) => join(...parts.slice(0, index + 1)));
  const written = [
    ...['logs', 'logs/HEAD'].map((path) => join(gitDirectory, path)),
    ...['objects', 'reftable', 'logs'].map((path) => join(commonDirectory, path)),
    ...toBranch.flatMap((path) => [join(commonDirectory, path), join(commonDirectory, 'logs', path)]),
  ];
  for (const path of written) {
    if (!(await isLink(path))) continue;
    const remedy = 'Work in a folder made with git clone or git worktree add';
    return `${path} is a symbolic link: commits would be written where it leads. ${remedy}`;
  }
  return undefined;
}

function judgeOwnFolder({ commonDirectory, gitDirectory, pathToTop }: Discovery): Ownership {
  if (pathToTop !== '') {
    const remedy = 'run: git config --unset core.worktree';
    return { type: 'foreign', problem: `its core.worktree names ${pathToTop}, not this folder; ${remedy}` };
  }
  if (commonDirectory === gitDirectory) return { type: 'own' };
  const problem =
    `.git keeps its branches in ${commonDirectory}: commits would land in another project. ` +
    'To make it a repository of its own, remove .git/commondir and run: git init';
  return { type: 'foreign', problem };
}

/** The place of a linked worktree lies in the repository and holds the path of the worktree's `.git` file. */
async function isWorktreeOf({ root, gitDirectory, commonDirectory }: Discovery): Promise<boolean> {
  const places = dirname(gitDirectory);
  if (basename(places) !== 'worktrees' || dirname(places) !== commonDirectory) return false;
  const pointer = (await readPlainFile(join(gitDirectory, 'gitdir')))?.trim();
  if (pointer === undefined || basename(pointer) !== '.git') return false;
  return isSamePlace(resolve(gitDirectory, dirname(pointer)), root);
}

/** A submodule's git directory names its working tree in its configuration. */
async function isWorkingTreeOf(git: Git, { root, gitDirectory }: Discovery): Promise<boolean> {
  const { exitCode, stdout } = await git.attempt({ args: ['config', '-z', '--get', 'core.worktree'] });
  const [pointer = ''] = stdout.split('\0');
  return exitCode === 0 && pointer !== '' && isSamePlace(resolve(gitDirectory, pointer), root);
}

async function toRealPaths({ pathToTop, ...places }: Discovery): Promise<Discovery> {
  const root = await realpath(places.root);
  const gitDirectory = await realpath(resolve(root, places.gitDirectory));
  const commonDirectory = await realpath(resolve(root, places.commonDirectory));
  return { root, gitDirectory, commonDirectory, pathToTop };
}

async function isSamePlace(path: string, realRoot: string): Promise<boolean> {
  // A pointer to a folder that is gone points to no folder.
  return (await realpath(path).catch(() => undefined)) === realRoot;
}

async function isLink(path: string): Promise<boolean> {
  // What does not exist, or lies below a file, leads nowhere.
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

async function isFile(path: string): Promise<boolean> {
  // Without a `.git` git went on to the folders above.
  return (await lstat(path).catch(() => undefined))?.isFile() === true;
}
