import { resolve } from 'node:path';

import type { ConfigInput } from '@jarvis/core';
import { nodeRunContext, type NodeRunContext } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import type { CliIo } from './cli-io.ts';

/** The context of the project folder a command is about. */
export function buildContext(
  options: GlobalOptions,
  io: CliIo,
  flags: ConfigInput = {},
): Promise<NodeRunContext> {
  const { workspace = '.', config, stateDir, debug } = options;
  return nodeRunContext({
    workspace: resolve(io.folder, workspace),
    flags,
    logLevel: debug ? 'debug' : 'silent',
    ...(config === undefined ? {} : { configFile: resolve(io.folder, config) }),
    ...(stateDir === undefined ? {} : { stateDirectory: resolve(io.folder, stateDir) }),
  });
}
