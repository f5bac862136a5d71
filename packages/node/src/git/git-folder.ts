import { link, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sha256 } from '@jarvis/core';

import { GitLockedError } from './errors.ts';

const POLL_MS = 50;

/** Where a commit keeps its own files inside the git directory of a repository, and where the user's index is. */
export interface GitFolder {
  readonly gitDirectory: string;
  /** Where the branches and objects are: the git directory itself but in a linked worktree. */
  readonly commonDirectory: string;
  readonly index: string;
  readonly indexLock: string;
  readonly objects: string;
  /** The objects of a commit that is being built; beside the others, so that they can be moved there. */
  readonly incoming: string;
  /** Holds all of our files; gone when nothing is going on. */
  readonly own: string;
  /** The index a commit is built in. */
  readonly commitIndex: string;
  /** The user's index as it will be. */
  readonly nextIndex: string;
}

export function locateGitFolder(gitDirectory: string, commonDirectory: string): GitFolder {
  const own = join(gitDirectory, 'jarvis');
  const objects = join(commonDirectory, 'objects');
  return {
    gitDirectory,
    commonDirectory,
    index: join(gitDirectory, 'index'),
    indexLock: join(gitDirectory, 'index.lock'),
    objects,
    // Each worktree has its own, and git itself removes what begins like this when it is weeks old.
    incoming: join(objects, `tmp_objdir-jarvis-${sha256(gitDirectory).slice(0, 16)}`),
    own,
    commitIndex: join(own, 'commit-index'),
    nextIndex: join(own, 'next-index'),
  };
}

/**
 * Removes what a killed process of ours has left, its lock included. Only for the holder of the leases: under
 * another one's commit it would take away the files that is made of.
 */
export async function removeLeftovers(folder: GitFolder): Promise<void> {
  if ((await findLockOwner(folder)) === 'jarvis') await rm(folder.indexLock, { force: true });
  await rm(folder.own, { recursive: true, force: true });
  await rm(folder.incoming, { recursive: true, force: true });
}

/**
 * Makes the prepared index the lock of the user's index: whoever else wants to change that has to wait.
 *
 * @throws {@link GitLockedError} when somebody else keeps it locked.
 */
export async function lockIndex(folder: GitFolder, lockWaitMs: number): Promise<void> {
  await retryWhileLocked(folder, lockWaitMs, async () => {
    try {
      await link(folder.nextIndex, folder.indexLock);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  });
}

/**
 * Waits until nobody else has the index locked. A lock of ours counts as none: the next commit removes it if it was
 * left behind, and does not begin before the one that is at work has ended.
 *
 * @throws {@link GitLockedError}
 */
export async function waitForIndex(folder: GitFolder, lockWaitMs: number): Promise<void> {
  await retryWhileLocked(folder, lockWaitMs, async () => (await findLockOwner(folder)) !== 'other');
}

async function retryWhileLocked(
  { indexLock }: GitFolder,
  lockWaitMs: number,
  attempt: () => Promise<boolean>,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await attempt())) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs >= lockWaitMs) throw new GitLockedError({ file: indexLock, waitedMs });
    await sleep(POLL_MS);
  }
}

/** A lock is ours if it is one file with the index we had prepared: no other program can have made that. */
async function findLockOwner({ indexLock, nextIndex }: GitFolder): Promise<'nobody' | 'jarvis' | 'other'> {
  const lock = await identify(indexLock);
  if (lock === undefined) return 'nobody';
  return lock === (await identify(nextIndex)) ? 'jarvis' : 'other';
}

async function identify(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
