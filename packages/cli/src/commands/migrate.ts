import { UsageError } from '../errors.ts';
import type { CliCommand } from './cli-command.ts';
import { migrateCall } from './migrate-call.ts';
import { migrateConfig } from './migrate-config.ts';
import { migrateImports } from './migrate-imports.ts';
import { migrateInspect } from './migrate-inspect.ts';
import { toOptionKey } from './migrate-options.ts';
import { migratePython } from './migrate-python.ts';
import { migrateRollback } from './migrate-rollback.ts';
import { migrateSnapshot } from './migrate-snapshot.ts';
import { migrateState } from './migrate-state.ts';
import type { Migration } from './migration.ts';

/** The one door to the old world; what is behind it is loaded only when it is asked for. */
const MIGRATIONS: readonly Migration[] = [
  migrateConfig,
  migrateInspect,
  migrateSnapshot,
  migrateImports,
  migrateState,
  migratePython,
  migrateCall,
  migrateRollback,
];

/** `jarvis migrate <what> <target>` */
export const migrateCommand: CliCommand = {
  args: [
    `what to do: ${MIGRATIONS.map(({ name }) => name).join(', ')}`,
    MIGRATIONS.map(({ name, target }) => `${name}: ${target}`).join('; '),
  ],
  options: [
    ...new Map(MIGRATIONS.flatMap(({ options }) => options).map((option) => [option.flags, option])).values(),
  ],
  examples: MIGRATIONS.map(({ example }) => example),
  run: async ({ args, options }, io) => {
    const [what, target] = args;
    const migration = MIGRATIONS.find(({ name }) => name === what);
    if (migration === undefined) {
      throw new UsageError({
        problem: 'That cannot be migrated.',
        hint: `Write one of: ${MIGRATIONS.map(({ example }) => example).join(', ')}`,
      });
    }
    refuseOthers(migration, options);
    if (target === undefined && migration.runWithoutTarget !== undefined) {
      return migration.runWithoutTarget(options, io);
    }
    if (target === undefined || target === '') {
      throw new UsageError({
        problem: `It needs ${migration.target}.`,
        hint: `Write: ${migration.example}`,
      });
    }
    return migration.run(target, options, io);
  },
};

/** A flag of another migration would be read and ignored. */
function refuseOthers(
  { name, options: own, example }: Migration,
  options: Readonly<Record<string, unknown>>,
): void {
  const others = MIGRATIONS.flatMap((migration) => migration.options)
    .map(({ flags }) => flags.split(' ')[0] ?? flags)
    .filter((flag) => !own.some(({ flags }) => flags.split(' ')[0] === flag));
  const given = others.find((flag) => options[toOptionKey(flag)] !== undefined);
  if (given !== undefined) {
    throw new UsageError({ problem: `${given} means nothing to "${name}".`, hint: `Write: ${example}` });
  }
}
