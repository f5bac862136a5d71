import { JarvisOrchestrator } from '@jarvis/loops';
import type { NodeRunContext } from '@jarvis/node';

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type GlobalOptions, globalOptionsSchema } from '../options/global-options.ts';
import { readTask, taskFileOption } from '../options/read-task.ts';
import { recordingOptions, refuseWithoutModel, toRecording } from '../options/recording-options.ts';
import { runOptions, toConfig } from '../options/run-options.ts';
import { renderHiddenText } from '../ui/render-hidden-text.ts';
import { renderPreview } from '../ui/render-preview.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import type { CliCommand } from './cli-command.ts';
import { followRun } from './follow-run.ts';

/** `jarvis run <task>` */
export const runCommand: CliCommand = {
  args: ['what you want to have, in your own words'],
  options: [
    taskFileOption,
    ...runOptions,
    ...recordingOptions,
    { flags: '--dry-run', description: 'only tell what the run would begin with, and what it may cost' },
  ],
  examples: [
    'jarvis run "Build a landing page for a bakery"',
    'jarvis run --max-cost 0.50 "Add a contact page"',
    'jarvis run --task-file task.md --dry-run',
  ],
  run: async (input, io) => {
    const { options } = input;
    const task = await readTask(input, io.folder);
    const common = globalOptionsSchema.parse(options);
    const recording = toRecording(input, io.folder);
    const context = await buildContext(common, io, { flags: toConfig(options), recording });
    try {
      refuseWithoutModel(recording, context.config.llm.simulate ?? context.llm === undefined);
      io.err(renderHiddenText(task));
      const work = { task, context, common };
      return options['dryRun'] === true ? await preview(work, io) : await start(work, io);
    } finally {
      await context.journal.close();
    }
  },
};

interface Work {
  readonly task: string;
  readonly context: NodeRunContext;
  readonly common: GlobalOptions;
}

function start({ task, context, common }: Work, io: CliIo): Promise<ExitCode> {
  const jarvis = new JarvisOrchestrator({ context });
  return followRun(
    {
      isJson: common.json,
      stateDir: common.stateDir,
      listNotes: context.listNotes,
      start: (signal) => jarvis.stream({ task, signal }),
    },
    io,
  );
}

async function preview({ task, context, common }: Work, io: CliIo): Promise<ExitCode> {
  const found = await new JarvisOrchestrator({ context }).preview({ task });
  const notes = await context.listNotes();
  io.out(common.json ? `${JSON.stringify({ ...found, notes }, null, 2)}\n` : renderPreview(found, notes));
  return exitCodes.done;
}
