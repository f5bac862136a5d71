import type { ExitCode } from '../exit-codes.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import type { CliInput, CliOption } from './cli-command.ts';

/** One thing `jarvis migrate` does. */
export interface Migration {
  readonly name: string;
  /** What it is called with, for the messages. */
  readonly target: string;
  readonly options: readonly CliOption[];
  readonly example: string;
  /** What it does when nothing is named; left out where something has to be. */
  readonly runWithoutTarget?: (options: CliInput['options'], io: CliIo) => Promise<ExitCode>;
  readonly run: (target: string, options: CliInput['options'], io: CliIo) => Promise<ExitCode>;
}
