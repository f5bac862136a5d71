import type { CliOption } from '../commands/cli-command.ts';

/** The flags every command has. */
export const globalFlags: readonly CliOption[] = [
  { flags: '--workspace <folder>', description: 'the project folder (default: the current folder)' },
  { flags: '--config <file>', description: 'a configuration file to use as your own' },
  { flags: '--state-dir <folder>', description: 'where runs are kept (default: your state directory)' },
  { flags: '--json', description: 'print the result as JSON on standard output' },
  { flags: '--debug', description: 'show where an error comes from' },
];
