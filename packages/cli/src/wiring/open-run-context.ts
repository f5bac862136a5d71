import { isValidId, RunNotFoundError } from '@jarvis/core';
import { readRun } from '@jarvis/loops';
import { findRunJournal, type NodeRunContext } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import { buildContext } from './build-context.ts';
import type { CliIo } from './cli-io.ts';

/** The context of the project a run belongs to, whatever folder the command is called in. */
export async function openRunContext(
  runId: string,
  options: GlobalOptions,
  io: CliIo,
): Promise<NodeRunContext> {
  if (!isValidId(runId)) throw new RunNotFoundError({ runId });
  const here = await buildContext(options, io);
  if (options.workspace !== undefined || (await here.journal.read(runId)).length > 0) return here;

  const workspace = await findWorkspaceOf(runId, here);
  if (workspace === undefined) return here;
  await here.journal.close();
  return buildContext({ ...options, workspace }, io);
}

async function findWorkspaceOf(runId: string, here: NodeRunContext): Promise<string | undefined> {
  const journal = await findRunJournal(here, runId);
  if (journal === undefined) return undefined;
  try {
    return (await readRun(journal, runId)).workspace;
  } finally {
    await journal.close();
  }
}
