import type { Journal } from '@jarvis/core';

import { readProcessIdentity } from './context/process-identity.ts';
import type { NodeRunContext } from './node-run-context.ts';
import { findRun, openSqliteJournal } from './sqlite/index.ts';

/**
 * The journal that holds a run, whichever project it belongs to; `undefined` when no project has it. Close it after
 * use.
 */
export async function findRunJournal(
  { stateDirectory, clock }: Pick<NodeRunContext, 'stateDirectory' | 'clock'>,
  runId: string,
): Promise<Journal | undefined> {
  const directory = await findRun({ stateDirectory, runId, clock });
  if (directory === undefined) return undefined;
  return openSqliteJournal({ directory, identity: readProcessIdentity(), clock });
}
