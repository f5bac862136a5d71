import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { stateDirectoryOf } from '../wiring/state-directory-of.ts';
import { forceOption, packageOption, readPackage, tellSnapshot } from './migrate-options.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate imports <folder>` */
export const migrateImports: Migration = {
  name: 'imports',
  target: 'the folder of a project that imports the old modules',
  options: [
    { flags: '--write', description: 'imports: write what the diff shows' },
    packageOption,
    forceOption,
  ],
  example: 'jarvis migrate imports ../old-jarvis',
  run: async (target, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const folder = resolve(io.folder, target);
    const { DEFAULT_BRIDGE, isBridgeName, planImports, renderImports, writeImports } =
      await import('@jarvis/legacy-compat/migrate');
    const bridge = readPackage(options, { DEFAULT_BRIDGE, isBridgeName });
    const plan = await planImports({ folder, bridge });
    const written =
      options['write'] === true
        ? await writeImports(plan, {
            stateDirectory: await stateDirectoryOf(folder, common, io),
            force: options['force'] === true,
            onSnapshot: tellSnapshot(io),
          })
        : undefined;
    const { files, ...rest } = plan;
    const told = files.map(({ path, diff, rewritten, decisions, untold }) => {
      return { path, diff, rewritten, decisions, untold };
    });
    io.out(
      common.json
        ? `${JSON.stringify({ ...rest, files: told, isWritten: written !== undefined && written.written.length > 0, ...written }, null, 2)}\n`
        : escapeForTerminal(renderImports(plan, written)),
    );
    return exitCodes.done;
  },
};
