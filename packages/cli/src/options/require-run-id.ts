import type { CliInput } from '../commands/cli-command.ts';
import { UsageError } from '../errors.ts';

/**
 * The run a command is about.
 *
 * @throws {@link UsageError} when none was named.
 */
export function requireRunId({ args: [runId] }: Pick<CliInput, 'args'>): string {
  if (runId !== undefined) return runId;
  throw new UsageError({ problem: 'The id of the run is missing.', hint: 'List the runs with: jarvis list' });
}
