import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { stateDirectoryOf } from '../wiring/state-directory-of.ts';
import { dryRunOption, forceOption } from './migrate-options.ts';
import type { Migration } from './migration.ts';

/** `jarvis migrate rollback <snapshot>` */
export const migrateRollback: Migration = {
  name: 'rollback',
  target: 'the id of a snapshot',
  options: [forceOption, dryRunOption],
  example: 'jarvis migrate rollback 0a1b2c3d4e5f6071',
  run: async (snapshotId, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const { renderRollback, rollBack } = await import('@jarvis/legacy-compat/migrate');
    const stateDirectory = await stateDirectoryOf(io.folder, common, io);
    const outcome = await rollBack({
      snapshotId,
      stateDirectory,
      force: options['force'] === true,
      isDryRun: options['dryRun'] === true,
    });
    io.out(
      common.json ? `${JSON.stringify(outcome, null, 2)}\n` : escapeForTerminal(renderRollback(outcome)),
    );
    if (outcome.status === 'refused') return exitCodes.conflict;
    return outcome.smoke.every(({ isOk }) => isOk) ? exitCodes.done : exitCodes.failed;
  },
};
