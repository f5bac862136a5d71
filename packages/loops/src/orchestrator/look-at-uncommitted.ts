import type { Config, RunContext } from '@jarvis/core';

import { hasUncommitted, type Uncommitted } from '../engine/uncommitted.ts';
import { UncommittedFilesError } from '../uncommitted-error.ts';

/** How many paths are recorded; what a run is about to write over is looked at again, whichever file it is. */
const RECORDED = 20;

/**
 * Finds out what no commit holds before a run begins.
 *
 * @throws {@link UncommittedFilesError} when there is something and no run shall start then.
 */
export async function lookAtUncommitted(
  { git, workspace }: Pick<RunContext, 'git' | 'workspace'>,
  config: Pick<Config, 'git'>,
): Promise<Uncommitted> {
  const found = await git.findUncommitted({ limit: RECORDED });
  const uncommitted: Uncommitted =
    found.type === 'known'
      ? { ...found, paths: [...found.paths] }
      : { ...found, files: (await workspace.readFiles()).length };
  if (config.git.uncommitted === 'refuse' && hasUncommitted(uncommitted)) {
    throw new UncommittedFilesError({ uncommitted });
  }
  return uncommitted;
}
