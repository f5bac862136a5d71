import { projectRun, readRunRecords } from '@jarvis/loops';

import { amendmentOptions, requireMoreThanSpent, toAmendment } from '../options/amendment-options.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { toConfig } from '../options/run-options.ts';
import { openOrchestrator } from '../wiring/open-orchestrator.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';
import { followRun } from './follow-run.ts';

/** `jarvis resume <run>` */
export const resumeCommand: CliCommand = {
  args: ['the id of the run'],
  options: [
    ...amendmentOptions,
    {
      flags: '--reopen',
      description: 'go on although it was cancelled or ended partial, from where it stood',
    },
    { flags: '--force', description: 'go on after a crash loop, and pay again for an answer that was lost' },
  ],
  examples: ['jarvis resume 20261122-160057-k3f9az', 'jarvis resume 20261122-160057-k3f9az --max-cost 3'],
  run: async (input, io) => {
    const runId = requireRunId(input);
    const { options } = input;
    const common = globalOptionsSchema.parse(options);
    const change = toAmendment(toConfig(options));
    const context = await openRunContext(runId, common, { io, keepsServer: true });
    const jarvis = await openOrchestrator(runId, context);
    const wish = { ...change, force: options['force'] === true, reopen: options['reopen'] === true };
    const start = (signal: AbortSignal) => jarvis.streamResume(runId, { ...wish, signal });
    try {
      const readPast = () => readRunRecords(context.journal, runId);
      requireMoreThanSpent(projectRun(await readPast()), change);
      return await followRun({ isJson: common.json, stateDir: common.stateDir, start, readPast }, io);
    } finally {
      await context.journal.close();
    }
  },
};
