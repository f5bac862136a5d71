import { JarvisOrchestrator, readRunRecords } from '@jarvis/loops';

import { UsageError } from '../errors.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { toCap } from '../options/run-options.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand } from './cli-command.ts';
import { followRun } from './follow-run.ts';

/** `jarvis resume <run>` */
export const resumeCommand: CliCommand = {
  name: 'resume',
  summary: 'go on with a run that stands still or whose process died',
  args: [{ name: 'run', description: 'the id of the run' }],
  options: [
    { flags: '--max-cost <usd>', description: "a new cap for the whole run in US dollars, or 'unlimited'" },
  ],
  examples: ['jarvis resume 20261122-160057-k3f9az', 'jarvis resume 20261122-160057-k3f9az --max-cost 3'],
  run: async ({ args, options }, io) => {
    const [runId] = args;
    if (runId === undefined) {
      throw new UsageError({
        problem: 'The id of the run is missing.',
        hint: 'List the runs with: jarvis list',
      });
    }
    const common = globalOptionsSchema.parse(options);
    const { maxCost } = options;
    const change = typeof maxCost === 'string' ? { capUsd: toCap(maxCost) } : {};
    const context = await openRunContext(runId, common, { io, keepsServer: true });
    const jarvis = new JarvisOrchestrator({ context });
    const start = (signal: AbortSignal) => jarvis.streamResume(runId, { ...change, signal });
    try {
      const readPast = () => readRunRecords(context.journal, runId);
      return await followRun({ isJson: common.json, stateDir: common.stateDir, start, readPast }, io);
    } finally {
      await context.journal.close();
    }
  },
};
