import { configJsonSchema } from '@jarvis/core';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { runOptions, toConfig } from '../options/run-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { renderConfig } from '../ui/render-config.ts';
import { buildContext } from '../wiring/build-context.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis config` */
export const configCommand: CliCommand = {
  args: [],
  options: [
    ...runOptions,
    { flags: '--schema', description: 'print the JSON Schema of a configuration file instead' },
  ],
  examples: ['jarvis config', 'jarvis config --json', 'jarvis config --schema > jarvis.config.schema.json'],
  run: async ({ options }, io) => {
    if (options['schema'] === true) {
      io.out(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
      return exitCodes.done;
    }
    const common = globalOptionsSchema.parse(options);
    const { config, origins, journal, listNotes } = await buildContext(common, io, {
      flags: toConfig(options),
    });
    await journal.close();
    for (const note of await listNotes()) io.err(`${escapeForTerminal(note)}\n`);
    io.out(common.json ? `${JSON.stringify({ config, origins }, null, 2)}\n` : renderConfig(config, origins));
    return exitCodes.done;
  },
};
