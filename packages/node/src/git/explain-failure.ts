import { statfs } from 'node:fs/promises';

import { hasErrorCode } from '@jarvis/core';

import { WorkspaceNoSpaceError } from '../workspace/errors.ts';
import { toWorkspaceError } from '../workspace/to-workspace-error.ts';
import type { CommitWork } from './build-commit.ts';
import type { GitFolder } from './git-folder.ts';

const FULL = /No space left on device|Disk quota exceeded/u;

/** What git writes beside the contents: trees, the commit, two indexes. */
const OVERHEAD_BYTES = 64 * 1024;

interface FailedWork extends Pick<CommitWork, 'plan' | 'contentOf'> {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The error to report when a commit fails: a full disk has its own, whichever program met it.
 *
 * @throws the reason of the signal as it is, when that ended the commit.
 */
export async function explainFailure(
  error: unknown,
  { gitDirectory }: Pick<GitFolder, 'gitDirectory'>,
  work: FailedWork,
): Promise<Error> {
  if (work.signal?.aborted === true && error === work.signal.reason) work.signal.throwIfAborted();
  const isOfGit = hasErrorCode(error, 'JARVIS_GIT_COMMAND');
  const bytes = await countBytes(work);
  if (!isOfGit) return toWorkspaceError(error, { path: gitDirectory, bytes });
  const isFull = FULL.test(String(error.cause)) || (await readFreeBytes(gitDirectory)) < bytes;
  return isFull ? new WorkspaceNoSpaceError({ path: gitDirectory, bytesNeeded: bytes, cause: error }) : error;
}

async function countBytes({ plan, contentOf }: Pick<CommitWork, 'plan' | 'contentOf'>): Promise<number> {
  let bytes = OVERHEAD_BYTES;
  for (const { hash } of plan.files) {
    // A content that cannot be had is the failure itself.
    if (hash !== null) bytes += Buffer.byteLength(await contentOf(hash).catch(() => ''));
  }
  return bytes;
}

/** No end of room where nobody can say: what git has said is told then, and nothing about the disk. */
async function readFreeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // The folder may be gone, or on a disk that answers no more; the failure at hand says more about that.
    return Infinity;
  }
}
