import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { stateDirectoryOf } from '../wiring/state-directory-of.ts';
import type { CliOption } from './cli-command.ts';
import { dryRunOption, forceOption, toOptionKey } from './migrate-options.ts';
import type { Migration } from './migration.ts';

const skipDamagedOption: CliOption = {
  flags: '--skip-damaged',
  description: 'rollback: bring back all but the files whose content a damaged snapshot has lost',
};

/** `jarvis migrate rollback <snapshot>`; without one, the list of those there are. */
export const migrateRollback: Migration = {
  name: 'rollback',
  target: 'the id of a snapshot; left out, all of them are listed',
  options: [forceOption, dryRunOption, skipDamagedOption],
  example: 'jarvis migrate rollback 0a1b2c3d4e5f6071',
  runWithoutTarget: async (options, io) => {
    const common = globalOptionsSchema.parse(options);
    const given = [forceOption, dryRunOption, skipDamagedOption].find(
      ({ flags }) => options[toOptionKey(flags)] !== undefined,
    );
    if (given !== undefined) {
      throw new UsageError({
        problem: `${given.flags} needs the id of a snapshot.`,
        hint: 'See all of them with: jarvis migrate rollback',
      });
    }
    const { listSnapshots, renderSnapshots } = await import('@jarvis/legacy-compat/migrate');
    const snapshots = await listSnapshots(await stateDirectoryOf(io.folder, common, io));
    io.out(
      common.json
        ? `${JSON.stringify({ snapshots }, null, 2)}\n`
        : escapeForTerminal(renderSnapshots(snapshots)),
    );
    return exitCodes.done;
  },
  run: async (snapshotId, options, io) => {
    const common = globalOptionsSchema.parse(options);
    const { renderRollback, rollBack } = await import('@jarvis/legacy-compat/migrate');
    const stateDirectory = await stateDirectoryOf(io.folder, common, io);
    const outcome = await rollBack({
      snapshotId,
      stateDirectory,
      force: options['force'] === true,
      skipDamaged: options['skipDamaged'] === true,
      isDryRun: options['dryRun'] === true,
    });
    io.out(
      common.json ? `${JSON.stringify(outcome, null, 2)}\n` : escapeForTerminal(renderRollback(outcome)),
    );
    if (outcome.status === 'refused') return exitCodes.conflict;
    return outcome.smoke.every(({ isOk }) => isOk) ? exitCodes.done : exitCodes.failed;
  },
};
