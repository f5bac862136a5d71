import { JarvisOrchestrator, readRun, type RunView } from '@jarvis/loops';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { amendmentOptions, requireMoreThanSpent, toAmendment } from '../options/amendment-options.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { toConfig } from '../options/run-options.ts';
import { stateDirFlag } from '../ui/state-dir-flag.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis amend <run>` */
export const amendCommand: CliCommand = {
  args: ['the id of the run'],
  options: amendmentOptions,
  examples: ['jarvis amend 20261122-160057-k3f9az --max-cost 3'],
  run: async (input, io) => {
    const runId = requireRunId(input);
    const amendment = toAmendment(toConfig(input.options));
    if (Object.keys(amendment).length === 0) {
      throw new UsageError({
        problem: 'Nothing is to be changed.',
        hint: 'Name one of --max-cost, --max-role-cost, --max-stage-cost, --max-rounds and --model.',
      });
    }
    const common = globalOptionsSchema.parse(input.options);
    const context = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      const view = await readRun(context.journal, runId);
      // What is over is refused as such below, whatever it has spent.
      requireMoreThanSpent(view, amendment);
      await new JarvisOrchestrator({ context }).amend(runId, amendment);
      const holdsFrom = view.status === 'open' ? 'next-action' : 'resume';
      io.out(
        common.json
          ? `${JSON.stringify({ runId, amendment, holdsFrom }, null, 2)}\n`
          : `${sayWhen(view, stateDirFlag(common.stateDir))}\n`,
      );
      return exitCodes.done;
    } finally {
      await context.journal.close();
    }
  },
};

function sayWhen({ runId, status }: RunView, where: string): string {
  const when =
    status === 'open'
      ? 'It holds from the next action on; if its process has died, from'
      : 'The run stands still; it holds from';
  return `Noted. ${when}: jarvis resume ${runId}${where}\ndetails: jarvis show ${runId}${where}`;
}
