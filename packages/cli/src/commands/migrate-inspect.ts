import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate inspect <folder>` */
export const migrateInspect: Migration = {
  name: 'inspect',
  target: 'the folder of the old project',
  options: [],
  example: 'jarvis migrate inspect ../old-jarvis',
  run: async (target, options, io) => {
    const { json } = globalOptionsSchema.parse(options);
    const { inspectTree, renderInventory } = await import('@jarvis/legacy-compat/migrate');
    const inventory = await inspectTree(resolve(io.folder, target));
    io.out(json ? `${JSON.stringify(inventory, null, 2)}\n` : escapeForTerminal(renderInventory(inventory)));
    return exitCodes.done;
  },
};
