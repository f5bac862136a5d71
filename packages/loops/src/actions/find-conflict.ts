import { hasErrorCode, WorkspaceConflictError } from '@jarvis/core';

import type { ActionScope } from './action-scope.ts';
import { isFreeOfSecrets } from './free-of-secrets.ts';

/** Files that were changed by somebody else are a result: they prove that nothing was written. */
export async function findConflict(application: Promise<void>): Promise<WorkspaceConflictError | undefined> {
  try {
    await application;
    return undefined;
  } catch (error) {
    if (isWorkspaceConflict(error)) return error;
    throw error;
  }
}

/** What somebody else wrote into a file was searched by nobody for what may not be kept. */
export async function showDifference(
  scope: ActionScope,
  { paths, diff }: WorkspaceConflictError,
): Promise<WorkspaceConflictError> {
  const isShown = diff !== undefined && (await isFreeOfSecrets(scope, diff));
  return new WorkspaceConflictError({ paths, ...(isShown && { diff }) });
}

function isWorkspaceConflict(error: unknown): error is WorkspaceConflictError {
  return hasErrorCode(error, 'JARVIS_WORKSPACE_CONFLICT');
}
