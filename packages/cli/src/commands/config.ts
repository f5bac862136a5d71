import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { runOptions, toConfig } from '../options/run-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { renderConfig } from '../ui/render-config.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis config` */
export const configCommand: CliCommand = {
  name: 'config',
  summary: 'show the configuration as it applies here, and where each value comes from',
  args: [],
  options: runOptions,
  examples: ['jarvis config', 'jarvis config --json'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const { config, origins, journal, listNotes } = await buildContext(common, io, toConfig(options));
    await journal.close();
    for (const note of await listNotes()) io.err(`${escapeForTerminal(note)}\n`);
    io.out(common.json ? `${JSON.stringify({ config, origins }, null, 2)}\n` : renderConfig(config, origins));
    return exitCodes.done;
  },
};
