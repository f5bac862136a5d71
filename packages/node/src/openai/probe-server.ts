import { connect } from 'node:net';

import { LlmError } from '@jarvis/core';

import { addressOf, parseBaseUrl, renderAddress, type ServerAddress } from './base-url.ts';
import { describeRefusal } from './to-llm-error.ts';
import { toTransportError } from './transport-error.ts';

const PROBE_LIMIT_MS = 3_000;

/**
 * Looks whether something listens at the host and port of a base URL, within 3 seconds, and sends nothing. Use it
 * before a run is accepted: it costs nothing, and tells a wrong address before anything is paid.
 *
 * @throws {@link LlmError} `connection_refused`, naming host and port; or the signal's reason.
 */
export async function probeServer(baseUrl: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const server = addressOf(parseBaseUrl(baseUrl));
  const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
  try {
    await connectOnce(server, AbortSignal.any([signal, limit]));
  } catch (error) {
    signal.throwIfAborted();
    const cause = toTransportError(error, false);
    const seen = limit.aborted
      ? `${renderAddress(server)} did not answer within ${String(PROBE_LIMIT_MS / 1000)} s`
      : describeRefusal(cause.code, server);
    throw new LlmError({ reason: 'connection_refused', seen, mayBeCharged: false, cause });
  }
}

function connectOnce({ host, port }: ServerAddress, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
