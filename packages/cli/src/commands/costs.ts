import { readCostHistory, readRun } from '@jarvis/loops';

import { exitCodes } from '../exit-codes.ts';
import { type GlobalOptions, globalOptionsSchema } from '../options/global-options.ts';
import { renderCostHistory, renderCostStatement } from '../ui/render-costs.ts';
import { toJson } from '../ui/to-json.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis costs [run]` */
export const costsCommand: CliCommand = {
  args: ['the id of a run (default: all runs)'],
  options: [],
  examples: ['jarvis costs', 'jarvis costs 20261122-160057-k3f9az --json'],
  run: async ({ args, options }, io) => {
    const [runId] = args;
    const common = globalOptionsSchema.parse(options);
    const text = runId === undefined ? await showAll(common, io) : await showOne(runId, common, io);
    io.out(text);
    return exitCodes.done;
  },
};

async function showAll(options: GlobalOptions, io: CliIo): Promise<string> {
  const { journal } = await buildContext(options, io);
  try {
    const history = await readCostHistory(journal);
    return options.json ? toJson(history) : renderCostHistory(history);
  } finally {
    await journal.close();
  }
}

async function showOne(runId: string, options: GlobalOptions, io: CliIo): Promise<string> {
  const { journal } = await openRunContext(runId, options, { io, keepsServer: false });
  try {
    const { cost, status, isSimulated } = await readRun(journal, runId);
    const statement = { runId, status, isSimulated, cost };
    return options.json ? toJson(statement) : renderCostStatement(statement);
  } finally {
    await journal.close();
  }
}
