import { resolve } from 'node:path';

import type { ConfigInput } from '@jarvis/core';
import { nodeRunContext, type NodeRunContext, type RecordingOptions } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import type { CliIo } from './cli-io.ts';

/** What a command adds to what is configured. */
export interface ContextWish {
  readonly flags?: ConfigInput;
  readonly recording?: RecordingOptions | undefined;
}

/** The context of the project folder a command is about. */
export function buildContext(
  options: GlobalOptions,
  io: CliIo,
  { flags = {}, recording }: ContextWish = {},
): Promise<NodeRunContext> {
  return nodeRunContext({
    ...toPlaces(options, io),
    flags,
    logLevel: options.debug ? 'debug' : 'silent',
    ...(recording === undefined ? {} : { recording }),
  });
}

/** The folders and files a command line names, seen from the folder it was called in. */
export function toPlaces(
  { workspace = '.', config, stateDir }: GlobalOptions,
  { folder }: CliIo,
): { readonly workspace: string; readonly configFile?: string; readonly stateDirectory?: string } {
  return {
    workspace: resolve(folder, workspace),
    ...(config === undefined ? {} : { configFile: resolve(folder, config) }),
    ...(stateDir === undefined ? {} : { stateDirectory: resolve(folder, stateDir) }),
  };
}
