import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { stateDirectoryOf } from '../wiring/state-directory-of.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate snapshot <folder>` */
export const migrateSnapshot: Migration = {
  name: 'snapshot',
  target: 'the folder of the old project',
  options: [],
  example: 'jarvis migrate snapshot ../old-jarvis',
  run: async (target, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const folder = resolve(io.folder, target);
    const { renderSnapshot, takeSnapshot } = await import('@jarvis/legacy-compat/migrate');
    const stateDirectory = await stateDirectoryOf(folder, common, io);
    const snapshot = await takeSnapshot({ folder, stateDirectory });
    io.out(
      common.json ? `${JSON.stringify(snapshot, null, 2)}\n` : escapeForTerminal(renderSnapshot(snapshot)),
    );
    return exitCodes.done;
  },
};
