import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { NumberedRequest } from './chat-request.ts';

/** One HTTP exchange while it is being answered. */
export interface Exchange {
  readonly response: ServerResponse;
  /** Aborted once the connection is lost or closed, by whoever. */
  readonly gone: AbortSignal;
}

/** An exchange about a chat completion. */
export interface ChatExchange extends Exchange {
  readonly request: NumberedRequest;
}

/** How an exchange that was answered as the script wanted came out. */
export interface Sent {
  /** The HTTP status; `null` when the connection ended before one was sent. */
  readonly status: number | null;
  /** `cut`: this side closed the connection before the answer was whole. */
  readonly outcome: 'answered' | 'cut';
}

/** A status and headers, ready to be sent. */
export interface Head {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
}

/** Sends a whole response and waits until the operating system has all of it. Rejects when the client goes away. */
export async function sendWhole(exchange: Exchange, head: Head, body: string | Buffer): Promise<Sent> {
  const { response, gone } = exchange;
  gone.throwIfAborted();
  response.writeHead(head.status, { 'content-length': Buffer.byteLength(body), ...head.headers });
  response.end(body);
  await once(response, 'finish', { signal: gone });
  return { status: head.status, outcome: 'answered' };
}

/** Sends a JSON response. */
export function sendJson(
  exchange: Exchange,
  { status, headers }: { status: number; headers?: OutgoingHttpHeaders },
  body: unknown,
): Promise<Sent> {
  const head = { status, headers: { 'content-type': 'application/json', ...headers } };
  return sendWhole(exchange, head, JSON.stringify(body));
}

/** Sends a part of a body and waits until there is room for more. */
export async function sendPart({ response, gone }: Exchange, bytes: Buffer): Promise<void> {
  gone.throwIfAborted();
  if (!response.write(bytes)) {
    await once(response, 'drain', { signal: gone });
  }
}

/** Lets time pass; rejects as soon as the connection is gone. */
export async function pause({ gone }: Exchange, ms: number): Promise<void> {
  gone.throwIfAborted();
  if (ms > 0) {
    await sleep(ms, undefined, { signal: gone });
  }
}

/** Keeps the connection as it is for a time, or until it is gone. */
export async function hold(exchange: Exchange, forMs: number | undefined): Promise<void> {
  if (forMs !== undefined) {
    return pause(exchange, forMs);
  }
  exchange.gone.throwIfAborted();
  await once(exchange.gone, 'abort');
  exchange.gone.throwIfAborted();
}

/** Waits for work that knows nothing of the connection; rejects as soon as the connection is gone. */
export function whileConnected<Result>({ gone }: Exchange, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(new Error('The connection is gone.'));
    };
    gone.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject);
    if (gone.aborted) {
      giveUp();
    }
  });
}

/** Tells whether nothing can be sent any more. */
export function isLost({ response, gone }: Exchange): boolean {
  return gone.aborted || response.destroyed || response.socket?.destroyed === true;
}
