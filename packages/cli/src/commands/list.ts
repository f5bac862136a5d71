import { readRun } from '@jarvis/loops';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { renderRunList } from '../ui/render-run-list.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis list` */
export const listCommand: CliCommand = {
  name: 'list',
  summary: 'list the runs of the project folder, newest first',
  args: [],
  options: [],
  examples: ['jarvis list', 'jarvis list --json'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const { journal } = await buildContext(common, io);
    try {
      const runs = [];
      for (const runId of await journal.listRuns()) runs.push(await readRun(journal, runId));
      io.out(common.json ? `${JSON.stringify(runs.map(toListEntry), null, 2)}\n` : renderRunList(runs));
      return exitCodes.done;
    } finally {
      await journal.close();
    }
  },
};

function toListEntry({ runId, status, task, mode, startedAtMs, cost }: Awaited<ReturnType<typeof readRun>>) {
  return { runId, status, task, mode, startedAtMs, spentUsd: cost.spentUsd };
}
