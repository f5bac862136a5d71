import { z } from 'zod';

import type { CliOption } from '../commands/cli-command.ts';

/** The flags every command has. */
export const globalOptions: readonly CliOption[] = [
  { flags: '--workspace <folder>', description: 'the project folder (default: the current folder)' },
  { flags: '--config <file>', description: 'a configuration file to use as your own' },
  { flags: '--state-dir <folder>', description: 'where runs are kept (default: your state directory)' },
  { flags: '--json', description: 'print the result as JSON on standard output' },
  { flags: '--debug', description: 'show where an error comes from' },
];

export const globalOptionsSchema = z.object({
  workspace: z.string().exactOptional(),
  config: z.string().exactOptional(),
  stateDir: z.string().exactOptional(),
  json: z.boolean().default(false),
  debug: z.boolean().default(false),
});

export type GlobalOptions = z.infer<typeof globalOptionsSchema>;
