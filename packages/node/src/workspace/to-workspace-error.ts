import { isJarvisError } from '@jarvis/core';

import { diskErrorCode } from './disk.ts';
import { WorkspaceDiskError, WorkspaceNoSpaceError, WorkspaceWriteDeniedError } from './errors.ts';

const NO_SPACE: readonly string[] = ['ENOSPC', 'EDQUOT'];

const DENIED: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the disk is read-only',
};

/** Gives a failure of the disk its coded error; errors that have a code of ours pass as they are. */
export function toWorkspaceError(error: unknown, { path, bytes }: { path: string; bytes: number }): Error {
  if (isJarvisError(error)) return error;
  const reason = diskErrorCode(error);
  if (reason === '' && error instanceof Error) return error;
  if (NO_SPACE.includes(reason)) return new WorkspaceNoSpaceError({ path, bytesNeeded: bytes, cause: error });
  const denied = DENIED[reason];
  return denied === undefined
    ? new WorkspaceDiskError({ path, reason, cause: error })
    : new WorkspaceWriteDeniedError({ path, reason: denied, cause: error });
}
