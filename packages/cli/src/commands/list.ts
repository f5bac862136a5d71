import { type Journal, serializeError } from '@jarvis/core';
import { readRun, type RunView } from '@jarvis/loops';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { type ListedRun, renderRunList } from '../ui/render-run-list.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis list` */
export const listCommand: CliCommand = {
  args: [],
  options: [],
  examples: ['jarvis list', 'jarvis list --json'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const { journal, workspace, stateDirectory } = await buildContext(common, io);
    try {
      const runs: ListedRun[] = [];
      for (const runId of await journal.listRuns()) runs.push(await listRun(journal, runId));
      io.out(
        common.json
          ? `${JSON.stringify(runs, null, 2)}\n`
          : renderRunList(runs, { folder: workspace.root, stateDirectory }),
      );
      return exitCodes.done;
    } finally {
      await journal.close();
    }
  },
};

/** A run that cannot be read is listed as such and hides no other. */
async function listRun(journal: Journal, runId: string): Promise<ListedRun> {
  try {
    return toListed(await readRun(journal, runId));
  } catch (error) {
    return { runId, error: serializeError(error) };
  }
}

function toListed({ runId, status, task, mode, isSimulated, startedAtMs, cost }: RunView): ListedRun {
  return { runId, status, task, mode, isSimulated, startedAtMs, spentUsd: cost.spentUsd };
}
