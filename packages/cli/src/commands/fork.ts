import { isInvalidConfigError, type ModeName, modeNames } from '@jarvis/core';

import { UsageError } from '../errors.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { openOrchestrator } from '../wiring/open-orchestrator.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';
import { followRun } from './follow-run.ts';

/** `jarvis fork <run> --mode <mode>` */
export const forkCommand: CliCommand = {
  args: ['the id of the run'],
  options: [
    { flags: '--mode <mode>', description: 'how the team of the new run works', choices: modeNames },
    {
      flags: '--at <record>',
      description: 'the record up to which amendments of the old run count (default: all; see jarvis logs)',
    },
  ],
  examples: ['jarvis fork 20261122-160057-k3f9az --mode PHASE3'],
  run: async (input, io) => {
    const runId = requireRunId(input);
    const { options } = input;
    const mode = requireModeName(options['mode']);
    const at = readRecordNumber(options['at']);
    const common = globalOptionsSchema.parse(options);
    const context = await openRunContext(runId, common, { io, keepsServer: true });
    const jarvis = await openOrchestrator(runId, context);
    const wish = { mode, ...(at === undefined ? {} : { at }) };
    const start = (signal: AbortSignal) => jarvis.fork(runId, { ...wish, signal });
    try {
      const { listNotes } = context;
      return await followRun({ isJson: common.json, stateDir: common.stateDir, start, listNotes }, io);
    } catch (error) {
      throw refuseRecordNumber(error);
    } finally {
      await context.journal.close();
    }
  },
};

function requireModeName(written: unknown): ModeName {
  const mode = modeNames.find((name) => name === written);
  if (mode !== undefined) return mode;
  throw new UsageError({
    problem: 'The mode of the new run is missing.',
    hint: `Write: --mode ${modeNames.join(', or --mode ')}`,
  });
}

/** How many records the old run has is known when it has been read. */
function refuseRecordNumber(error: unknown): unknown {
  const [first] = isInvalidConfigError(error) ? error.problems : [];
  return first?.origin === 'at'
    ? new UsageError({ problem: `--at: ${first.problem}.`, hint: SEE_NUMBERS })
    : error;
}

const SEE_NUMBERS = 'See the numbers with: jarvis logs <run> --json';

function readRecordNumber(written: unknown): number | undefined {
  if (typeof written !== 'string') return undefined;
  if (/^[1-9]\d{0,8}$/u.test(written)) return Number(written);
  throw new UsageError({
    problem: `--at: expected the number of a record (it is ${JSON.stringify(written.slice(0, 80))}).`,
    hint: SEE_NUMBERS,
  });
}
