import type { RunContext } from '@jarvis/core';

import type { Accepted } from '../engine/run-records.ts';
import { ServerMismatchError } from '../errors.ts';

/** How the address of the OpenAI API is called in a message. */
const DEFAULT_SERVER = 'api.openai.com';

/**
 * The files of a project go to the server the run was accepted with, and to no other.
 *
 * @throws {@link ServerMismatchError} when another one is configured.
 */
export function requireSameServer(
  accepted: Pick<Accepted, 'config' | 'isSimulated'>,
  { config }: Pick<RunContext, 'config'>,
): void {
  const acceptedUrl = accepted.config.llm?.baseUrl ?? DEFAULT_SERVER;
  const configuredUrl = config.llm.baseUrl ?? DEFAULT_SERVER;
  if (!accepted.isSimulated && acceptedUrl !== configuredUrl) {
    throw new ServerMismatchError({ acceptedUrl, configuredUrl });
  }
}
