import type { ConfigInput, RunContext } from '@jarvis/core';

import { AdapterMissingError } from '../errors.ts';

export interface DefaultContextOptions {
  /** The project folder. */
  readonly workspace: string;
  /** The caller's configuration; it wins over environment and files. */
  readonly config: ConfigInput;
}

/**
 * The context of `@jarvis/node`, loaded only when it is needed.
 *
 * @throws {@link AdapterMissingError} when the package is not installed.
 */
export async function loadDefaultContext(options: DefaultContextOptions): Promise<RunContext> {
  const { nodeRunContext } = await loadAdapters();
  return nodeRunContext({ workspace: options.workspace, flags: options.config });
}

async function loadAdapters() {
  try {
    return await import('@jarvis/node');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      throw new AdapterMissingError({ cause: error });
    }
    throw error;
  }
}
