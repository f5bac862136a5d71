import type { CliOption } from './cli-command.ts';

/** Shared by what may write over the work of others. */
export const forceOption: CliOption = {
  flags: '--force',
  description: 'rollback, imports: also where somebody has changed something since',
};
