import type { CliOption } from './cli-command.ts';

/** Shared by what may write over the work of others. */
export const forceOption: CliOption = {
  flags: '--force',
  description: 'rollback, imports: also where somebody has changed something since',
};

/** Shared by what can be looked at before it is done. */
export const dryRunOption: CliOption = {
  flags: '--dry-run',
  description: 'rollback, state, python: only tell what would be done',
};
