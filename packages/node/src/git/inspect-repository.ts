import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { type GitState, hasErrorCode } from '@jarvis/core';

import type { Git } from './git-call.ts';
import { type GitFolder, waitForIndex } from './git-folder.ts';
import { findDiversion } from './judge-ownership.ts';
import type { RepositoryPlace } from './locate-repository.ts';
import { readTip } from './read-tip.ts';

/** Why a folder of another project can neither be committed to nor made a repository. */
export const WITHIN_ANOTHER = 'the folder lies in the repository of another project';

/** What git leaves in its directory while an operation waits for the user. */
const OPERATIONS = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['sequencer', 'a cherry-pick or revert'],
  ['BISECT_LOG', 'a bisection'],
] as const;

/** Says whether commits can be made in the repository a folder is the top of. */
export async function inspectRepository(
  git: Git,
  place: RepositoryPlace,
  lockWaitMs: number,
): Promise<GitState> {
  switch (place.type) {
    case 'outside':
      return { type: 'none' };
    case 'within':
      return { type: 'none', obstacle: WITHIN_ANOTHER };
    case 'unknown':
      return { type: 'none', obstacle: place.problem };
    case 'unusable':
      return place;
    case 'own': {
      const problem = findOperation(place.folder) ?? (await findLock(place.folder, lockWaitMs));
      return problem === undefined ? readHead(git, place.folder) : { type: 'unusable', problem };
    }
  }
}

async function readHead(git: Git, folder: GitFolder): Promise<GitState> {
  const branch = await readBranch(git);
  if (branch === undefined) {
    return {
      type: 'unusable',
      problem: 'no branch is checked out (HEAD is detached); run: git switch <branch>',
    };
  }
  const diversion = await findDiversion(folder, branch);
  if (diversion !== undefined) return { type: 'unusable', problem: diversion };
  const tip = await readTip(git, branch);
  return { type: 'ready', branch, ...(tip.id !== undefined && { head: tip.id }) };
}

/** The full name of the branch that is checked out, also of one without commits. */
export async function readBranch(git: Git): Promise<string | undefined> {
  const { exitCode, stdout } = await git.attempt({ args: ['symbolic-ref', '--quiet', 'HEAD'] });
  const branch = stdout.trim();
  return exitCode === 0 && branch.startsWith('refs/heads/') ? branch : undefined;
}

/** What the user has begun and not finished; no commit may come in between. */
export function findOperation({ gitDirectory }: GitFolder): string | undefined {
  const found = OPERATIONS.find(([file]) => existsSync(join(gitDirectory, file)));
  return found === undefined ? undefined : `${found[1]} is in progress; finish or abort it`;
}

// Whoever asks holds no lease: another run may be committing, so nothing is cleaned up here.
async function findLock(folder: GitFolder, lockWaitMs: number): Promise<string | undefined> {
  try {
    await waitForIndex(folder, lockWaitMs);
    return undefined;
  } catch (error) {
    if (!hasErrorCode(error, 'JARVIS_GIT_LOCKED')) throw error;
    return `it is locked by ${folder.indexLock}; if no git is working there any more, remove that file`;
  }
}
