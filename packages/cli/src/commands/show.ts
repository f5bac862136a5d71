import { RunNotFoundError } from '@jarvis/core';
import { describePosted, projectRun, readRunRecords } from '@jarvis/loops';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { cutOutput } from '../ui/cut-output.ts';
import { listAnswers, renderAnswers } from '../ui/render-answers.ts';
import { renderRun } from '../ui/render-run.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis show <run>` */
export const showCommand: CliCommand = {
  args: ['the id of the run'],
  options: [{ flags: '--answers', description: 'also what the models answered, usable or not' }],
  examples: ['jarvis show 20261122-160057-k3f9az', 'jarvis show 20261122-160057-k3f9az --answers'],
  run: async ({ args, options }, io) => {
    const runId = requireRunId({ args });
    const common = globalOptionsSchema.parse(options);
    const { journal } = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      const records = await readRunRecords(journal, runId);
      const view = projectRun(records);
      if (view === undefined) throw new RunNotFoundError({ runId });
      const answers = options['answers'] === true ? listAnswers(records) : undefined;
      const posted = describePosted(await journal.readInbox(runId));
      io.out(
        common.json
          ? `${JSON.stringify({ ...view, posted, answers }, null, 2)}\n`
          : cutOutput(
              renderRun(view, { stateDir: common.stateDir, posted }) +
                (answers === undefined ? '' : `\n${renderAnswers(answers)}`),
            ),
      );
      return exitCodes.done;
    } finally {
      await journal.close();
    }
  },
};
