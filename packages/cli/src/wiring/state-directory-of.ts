import { resolve } from 'node:path';

import { findStateDirectory, readEnvironment } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import type { CliIo } from './cli-io.ts';

/** Where state is kept for commands that open no run: the same folder that runs are kept in. */
export function stateDirectoryOf(
  workspace: string,
  { stateDir }: GlobalOptions,
  { folder }: CliIo,
): Promise<string> {
  return findStateDirectory({
    environment: readEnvironment(),
    workspace,
    override: stateDir === undefined ? undefined : resolve(folder, stateDir),
  });
}
