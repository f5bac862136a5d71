import { resolve } from 'node:path';

import { parseConfig } from '@jarvis/core';

import { exitCodes } from '../exit-codes.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate config <file>` */
export const migrateConfig: Migration = {
  name: 'config',
  target: 'the old project_config.json',
  options: [],
  example: 'jarvis migrate config project_config.json',
  run: async (target, _, io) => {
    const { migrateConfigFile } = await import('@jarvis/legacy-compat/migrate');
    const { config, notes } = await migrateConfigFile(resolve(io.folder, target));
    // What the old side tolerated, text for a number for example, is told here rather than by the first run.
    parseConfig(config, target);
    for (const note of notes) io.err(`${note}\n`);
    io.out(`${JSON.stringify(config, null, 2)}\n`);
    return exitCodes.done;
  },
};
