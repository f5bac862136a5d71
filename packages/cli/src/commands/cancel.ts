import { type Cancellation, JarvisOrchestrator, readRun, type RunView } from '@jarvis/loops';

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { renderHiddenText } from '../ui/render-hidden-text.ts';
import { stateDirFlag } from '../ui/state-dir-flag.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

const MEANING: Readonly<Record<Exclude<Cancellation, 'over'>, string>> = {
  cancelled: 'The run is over. What it has written and committed stays.',
  requested: 'Another process works on it and ends it after the step in flight.',
  unfinished:
    'A process died while it was writing or committing: jarvis resume finishes that and ends the run.',
};

/** `jarvis cancel <run>` */
export const cancelCommand: CliCommand = {
  args: ['the id of the run'],
  options: [{ flags: '--reason <text>', description: 'why, for whoever looks at the run later' }],
  examples: ['jarvis cancel 20261122-160057-k3f9az --reason "Wrong folder"'],
  run: async (input, io) => {
    const runId = requireRunId(input);
    const { reason } = input.options;
    io.err(typeof reason === 'string' ? renderHiddenText(reason, 'reason') : '');
    const common = globalOptionsSchema.parse(input.options);
    const context = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      const jarvis = new JarvisOrchestrator({ context });
      const outcome = await jarvis.cancel(runId, typeof reason === 'string' ? { reason } : {});
      const { status } = await readRun(context.journal, runId);
      io.out(
        common.json
          ? `${JSON.stringify({ runId, outcome }, null, 2)}\n`
          : `${outcome}: ${outcome === 'over' ? `It was over already (${status}) and stays as it is.` : MEANING[outcome]}\ndetails: jarvis show ${runId}${stateDirFlag(common.stateDir)}\n`,
      );
      return exitCodeOf(outcome, status);
    } finally {
      await context.journal.close();
    }
  },
};

/** Cancelling twice is cancelling once; a run that ended in another way was not cancelled. */
function exitCodeOf(outcome: Cancellation, status: RunView['status']): ExitCode {
  return outcome === 'over' && status !== 'cancelled' ? exitCodes.conflict : exitCodes.done;
}
