import { setImmediate as nextTurn } from 'node:timers/promises';
import { once } from 'node:events';

import { toAnswerBody } from './answer-body.ts';
import { hold, pause, sendPart } from './exchange.ts';
import type { ChatExchange, Exchange, Sent } from './exchange.ts';
import type { ReplyOf } from './reply.ts';

/** The start of a completion whose content never ends. */
const ENDLESS_START = Buffer.from(
  '{"id":"chatcmpl-fake-endless","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"',
);

/** Takes the request and never answers. */
export async function hang(exchange: Exchange, { forMs }: ReplyOf<'hang'>): Promise<Sent> {
  await hold(exchange, forMs);
  exchange.response.destroy();
  return { status: null, outcome: 'cut' };
}

/** Promises an answer and sends none. */
export async function sendHeadersThenSilence(
  exchange: Exchange,
  { forMs }: ReplyOf<'headersThenSilence'>,
): Promise<Sent> {
  exchange.response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  await hold(exchange, forMs);
  exchange.response.destroy();
  return { status: 200, outcome: 'cut' };
}

/** Sends a whole answer, a few bytes at a time. */
export async function sendSlowBody(exchange: ChatExchange, reply: ReplyOf<'slowBody'>): Promise<Sent> {
  const { contentType, bytes } = toAnswerBody(reply, exchange.request);
  exchange.response.writeHead(200, { 'content-type': contentType });
  for (let at = 0; at < bytes.length; at += reply.bytes) {
    await sendPart(exchange, bytes.subarray(at, at + reply.bytes));
    await pause(exchange, reply.everyMs);
  }
  exchange.response.end();
  await once(exchange.response, 'finish', { signal: exchange.gone });
  return { status: 200, outcome: 'answered' };
}

/** Sends until the client gives up; it never returns, it only rejects. */
export async function sendEndlessBody(
  exchange: Exchange,
  { bytes, everyMs }: ReplyOf<'endlessBody'>,
): Promise<never> {
  exchange.response.writeHead(200, { 'content-type': 'application/json' });
  await sendPart(exchange, ENDLESS_START);
  const part = Buffer.alloc(bytes, 'a');
  for (;;) {
    await sendPart(exchange, part);
    await pause(exchange, everyMs);
    // Without a turn of the event loop a fast reader would keep the server from noticing anything else.
    await nextTurn();
  }
}
