import { resolve } from 'node:path';

import { parseConfig } from '@jarvis/core';

import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CliCommand } from './cli-command.ts';

const KINDS = 'jarvis migrate config <project_config.json>';

/** `jarvis migrate config <file>`: the one place that reaches the old world, loaded only when it is asked for. */
export const migrateCommand: CliCommand = {
  name: 'migrate',
  summary: 'translate files of the Python JARVIS; nothing old is changed',
  args: [
    { name: 'what', description: 'what to translate: config' },
    { name: 'file', description: 'the old file' },
  ],
  options: [],
  examples: [KINDS],
  run: async ({ args }, io) => {
    const [what, file] = args;
    if (what !== 'config' || file === undefined) {
      throw new UsageError({ problem: 'That cannot be migrated.', hint: `Write: ${KINDS}` });
    }
    const { migrateConfigFile } = await import('@jarvis/legacy-compat/migrate');
    const { config, notes } = await migrateConfigFile(resolve(io.folder, file));
    // What the old side tolerated, text for a number for example, is told here rather than by the first run.
    parseConfig(config, file);
    for (const note of notes) io.err(`${note}\n`);
    io.out(`${JSON.stringify(config, null, 2)}\n`);
    return exitCodes.done;
  },
};
