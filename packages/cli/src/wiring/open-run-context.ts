import { type ConfigInput, isValidId, RunNotFoundError } from '@jarvis/core';
import { type Accepted, readAccepted } from '@jarvis/loops';
import { findRunJournal, type NodeRunContext } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import { buildContext } from './build-context.ts';
import type { CliIo } from './cli-io.ts';

/** How a context for an existing run is made. */
export interface RunContextWish {
  readonly io: CliIo;
  /** Whether the model server is the one the run was accepted with, whatever is configured now. */
  readonly keepsServer: boolean;
}

/** The context of the project a run belongs to, whatever folder the command is called in. */
export async function openRunContext(
  runId: string,
  options: GlobalOptions,
  { io, keepsServer }: RunContextWish,
): Promise<NodeRunContext> {
  if (!isValidId(runId)) throw new RunNotFoundError({ runId });
  const here = await buildContext(options, io);
  const accepted = (await readAccepted(here.journal, runId)) ?? (await findElsewhere(runId, options, here));
  if (accepted === undefined) return here;

  await here.journal.close();
  const { workspace = accepted.workspace } = options;
  return buildContext({ ...options, workspace }, io, { flags: keepsServer ? serverOf(accepted) : {} });
}

/** Whoever names a folder means the runs of that folder. */
async function findElsewhere(
  runId: string,
  options: GlobalOptions,
  here: NodeRunContext,
): Promise<Accepted | undefined> {
  const journal = options.workspace === undefined ? await findRunJournal(here, runId) : undefined;
  if (journal === undefined) return undefined;
  try {
    return await readAccepted(journal, runId);
  } finally {
    await journal.close();
  }
}

function serverOf({ config }: Accepted): ConfigInput {
  const baseUrl = config.llm?.baseUrl;
  return baseUrl === undefined ? {} : { llm: { baseUrl } };
}
