import { type ConfigInput, InvalidConfigError } from '@jarvis/core';
import {
  JarvisOrchestrator,
  projectRun,
  readRunRecords,
  type ResumeOptions,
  type RunView,
} from '@jarvis/loops';

import { UsageError } from '../errors.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { toConfig } from '../options/run-options.ts';
import { renderUsdNumber } from '../ui/terminal-reporter.ts';
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
    { flags: '--max-rounds <number>', description: 'the most rounds of work and review of the whole run' },
    { flags: '--model <name>', description: 'the model of every agent from here on' },
    { flags: '--force', description: 'go on after a crash loop, and pay again for an answer that was lost' },
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
    const change = toAmendment(toConfig(options));
    const context = await openRunContext(runId, common, { io, keepsServer: true });
    const jarvis = new JarvisOrchestrator({ context });
    const force = options['force'] === true;
    const start = (signal: AbortSignal) => jarvis.streamResume(runId, { ...change, force, signal });
    try {
      const readPast = () => readRunRecords(context.journal, runId);
      requireMoreThanSpent(projectRun(await readPast()), change);
      return await followRun({ isJson: common.json, stateDir: common.stateDir, start, readPast }, io);
    } finally {
      await context.journal.close();
    }
  },
};

function toAmendment({
  costs,
  loop,
  models,
}: ConfigInput): Pick<ResumeOptions, 'capUsd' | 'maxRounds' | 'models'> {
  return {
    ...(costs?.capUsd === undefined ? {} : { capUsd: costs.capUsd }),
    ...(loop?.maxRounds === undefined ? {} : { maxRounds: loop.maxRounds }),
    ...(models?.manager === undefined || models.employee === undefined
      ? {}
      : { models: { manager: models.manager, employee: models.employee } }),
  };
}

/** A cap below that would stop the run where it stands; nobody means that. */
function requireMoreThanSpent(view: RunView | undefined, { capUsd }: ResumeOptions): void {
  if (typeof capUsd !== 'number' || view?.nextCommand === undefined) return;
  const { cost } = view;
  if (capUsd >= cost.spentUsd) return;
  const [spent, cap] = [renderUsdNumber(cost.spentUsd), renderUsdNumber(capUsd)];
  const problem = `the run has cost ${spent} already, which is more than ${cap}. Allow it more than it has cost.`;
  throw new InvalidConfigError({ problems: [{ origin: '--max-cost', key: '', problem }] });
}
