import type { ServerResponse } from 'node:http';

import { toAnswerBody } from './answer-body.ts';
import { InvalidScriptError } from './errors.ts';
import { sendWhole } from './exchange.ts';
import type { ChatExchange, Exchange, Sent } from './exchange.ts';
import type { ReplyOf } from './reply.ts';

/** Resets the connection instead of answering. */
export function cutBeforeAnswer({ response }: Exchange): Promise<Sent> {
  reset(response);
  return Promise.resolve({ status: null, outcome: 'cut' });
}

/** Announces a whole answer, sends a part of it and resets the connection. */
export async function cutInBody(exchange: ChatExchange, reply: ReplyOf<'cutInBody'>): Promise<Sent> {
  const body = toAnswerBody(reply, exchange.request);
  const { length } = body.bytes;
  const kept = reply.afterBytes ?? Math.floor(length / 2);
  if (kept >= length) {
    throw unfit(
      'cutInBody',
      'afterBytes',
      `expected less than ${String(length)}, the length of the whole body`,
    );
  }
  const { response } = exchange;
  response.writeHead(200, { 'content-type': body.contentType, 'content-length': length }).flushHeaders();
  response.write(body.bytes.subarray(0, kept));
  await flush(response);
  reset(response);
  return { status: 200, outcome: 'cut' };
}

/** Sends a whole answer under a content length that is not its own, then closes the connection. */
export async function sendWrongContentLength(
  exchange: ChatExchange,
  reply: ReplyOf<'wrongContentLength'>,
): Promise<Sent> {
  const { contentType, bytes } = toAnswerBody(reply, exchange.request);
  const announced = bytes.length + reply.byBytes;
  if (announced < 0) {
    throw unfit(
      'wrongContentLength',
      'byBytes',
      `expected at least -${String(bytes.length)}, minus the length of the body`,
    );
  }
  const headers = { 'content-type': contentType, 'content-length': announced, connection: 'close' };
  const sent = await sendWhole(exchange, { status: 200, headers }, bytes);
  return reply.byBytes > 0 ? { ...sent, outcome: 'cut' } : sent;
}

/** Waits until everything written so far is with the operating system: a reset throws away what is still here. */
function flush({ socket }: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket === null) {
      resolve();
      return;
    }
    socket.write('', (error) => {
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    });
  });
}

function reset({ socket }: ServerResponse): void {
  socket?.resetAndDestroy();
}

function unfit(type: string, path: string, message: string): InvalidScriptError {
  return new InvalidScriptError({ source: `A ${type} reply`, problems: [{ path, message }] });
}
