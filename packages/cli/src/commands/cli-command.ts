import type { ExitCode } from '../exit-codes.ts';
import type { CliIo } from '../wiring/cli-io.ts';

/** A flag of a command, in commander's notation. */
export interface CliOption {
  readonly flags: string;
  readonly description: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** It may be given several times; the values are a list then. */
  readonly isRepeatable?: boolean;
}

/** What was written on the command line, by argument and option name. */
export interface CliInput {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A command as data, and the one function that carries it out. What it is called stands in the table of commands. */
export interface CliCommand {
  /** What each argument of the table stands for. Required ones are checked by the command, which knows what to say. */
  readonly args: readonly string[];
  readonly options: readonly CliOption[];
  /** Calls that work as they stand, for the help. */
  readonly examples: readonly string[];
  readonly run: (input: CliInput, io: CliIo) => Promise<ExitCode>;
}
