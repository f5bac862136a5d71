import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';

import type { ClientOptions } from 'openai';

import { readBody } from './read-body.ts';
import { STEP_HEADER } from './step-header.ts';
import { toTransportError } from './transport-error.ts';

/** The form in which the SDK takes a transport. */
export type Fetch = NonNullable<ClientOptions['fetch']>;

/** What the SDK and this adapter read of an answer's headers. */
const KEPT_HEADERS = ['content-type', 'retry-after', 'retry-after-ms', 'x-request-id'];

/** Servers and balancers close idle connections after 5 s or later; writing into a closed one loses the request. */
const IDLE_CONNECTION_MS = 4_000;

export interface KeepAliveFetchOptions {
  /** Without it no `Authorization` header is sent. */
  readonly apiKey: string | undefined;
  readonly maxBodyBytes: number;
}

/**
 * The transport under the SDK: `node:http` with connections kept alive. It follows no redirect, has no time limit
 * but the request's signal, reads the whole body within its limit before it answers, and is the only one who knows
 * the key. Of the SDK's headers it sends the step alone, so the SDK's environment variables add nothing.
 */
export function createKeepAliveFetch({ apiKey, maxBodyBytes }: KeepAliveFetchOptions): Fetch {
  const pool = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
  const http = new HttpAgent(pool);
  const https = new HttpsAgent(pool);
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { body } = init;
    if (typeof body !== 'string') throw new TypeError('Only requests with a text as their body are sent.');
    const options = {
      method: 'POST',
      headers: headersFor(body, { apiKey, step: new Headers(init.headers).get(STEP_HEADER) }),
      ...(init.signal && { signal: init.signal }),
    };
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: https })
        : httpRequest(url, { ...options, agent: http });
    return exchange(request, body, maxBodyBytes);
  };
}

function headersFor(body: string, { apiKey, step }: { apiKey: string | undefined; step: string | null }) {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'jarvis',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    ...(step !== null && { [STEP_HEADER]: step }),
  };
}

function exchange(request: ClientRequest, body: string, maxBodyBytes: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    let isConnected = false;
    onceConnected(request, () => {
      isConnected = true;
    });
    const fail = (error: unknown) => {
      reject(toTransportError(error, isConnected));
      request.destroy();
    };
    request.on('error', fail);
    request.on('response', (response) => {
      readBody(response, maxBodyBytes)
        .then((bytes) => toResponse(response, bytes))
        .then(resolve, fail);
    });
    request.end(body);
  });
}

/** The request is not sent before the connection stands, with TLS before its handshake is over. */
function onceConnected(request: ClientRequest, onConnected: () => void): void {
  request.on('socket', (socket) => {
    if (request.reusedSocket) onConnected();
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', onConnected);
  });
}

function toResponse({ statusCode, headers }: IncomingMessage, bytes: Buffer<ArrayBuffer>): Response {
  const kept = KEPT_HEADERS.map((name) => [name, headers[name]] as const);
  return new Response(bytes.length === 0 ? null : bytes, {
    status: statusCode ?? 0,
    headers: kept.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  });
}
