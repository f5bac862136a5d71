import { resolve } from 'node:path';

import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { stateDirectoryOf } from '../wiring/state-directory-of.ts';
import { dryRunOption, forceOption, packageOption, readPackage, tellSnapshot } from './migrate-options.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate python <folder>` */
export const migratePython: Migration = {
  name: 'python',
  target: 'the folder of a project that gets Python modules of the old names',
  options: [
    dryRunOption,
    packageOption,
    { flags: '--agent-package', description: 'python: also replace the old modules in the package agent' },
    forceOption,
  ],
  example: 'jarvis migrate python ../old-jarvis --dry-run',
  run: async (target, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const folder = resolve(io.folder, target);
    const { DEFAULT_BRIDGE, isBridgeName, renderBridge, writeBridge } =
      await import('@jarvis/legacy-compat/migrate');
    const written = await writeBridge({
      folder,
      stateDirectory: await stateDirectoryOf(folder, common, io),
      bridge: readPackage(options, { DEFAULT_BRIDGE, isBridgeName }),
      hasAgentPackage: options['agentPackage'] === true,
      force: options['force'] === true,
      onSnapshot: tellSnapshot(io),
      isDryRun: options['dryRun'] === true,
    });
    io.out(common.json ? `${JSON.stringify(written, null, 2)}\n` : escapeForTerminal(renderBridge(written)));
    return exitCodes.done;
  },
};
