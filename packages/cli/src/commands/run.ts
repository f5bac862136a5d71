import { JarvisOrchestrator } from '@jarvis/loops';

import { globalOptionsSchema } from '../options/global-options.ts';
import { readTask, taskFileOption } from '../options/read-task.ts';
import { runOptions, toConfig } from '../options/run-options.ts';
import { renderHiddenText } from '../ui/render-hidden-text.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliCommand } from './cli-command.ts';
import { followRun } from './follow-run.ts';

/** `jarvis run <task>` */
export const runCommand: CliCommand = {
  name: 'run',
  summary: 'work on a task in the project folder',
  args: [{ name: 'task', description: 'what you want to have, in your own words' }],
  options: [taskFileOption, ...runOptions],
  examples: [
    'jarvis run "Build a landing page for a bakery"',
    'jarvis run --max-cost 0.50 "Add a contact page"',
    'jarvis run --task-file task.md',
  ],
  run: async (input, io) => {
    const { options } = input;
    const task = await readTask(input, io.folder);
    const common = globalOptionsSchema.parse(options);
    const context = await buildContext(common, io, toConfig(options));
    const jarvis = new JarvisOrchestrator({ context });
    io.err(renderHiddenText(task));
    try {
      return await followRun(
        {
          isJson: common.json,
          stateDir: common.stateDir,
          listNotes: context.listNotes,
          start: (signal) => jarvis.stream({ task, signal }),
        },
        io,
      );
    } finally {
      await context.journal.close();
    }
  },
};
