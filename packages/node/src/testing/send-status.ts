import { sendJson, sendWhole } from './exchange.ts';
import type { Exchange, Sent } from './exchange.ts';
import { toOpenAiError } from './openai-error.ts';
import type { ReplyOf } from './reply.ts';

/** An error as the OpenAI API words it. */
export function sendStatus(
  exchange: Exchange,
  { status, error, headers, retryAfter }: ReplyOf<'status'>,
): Promise<Sent> {
  const wait = retryAfter === undefined ? {} : { 'retry-after': toRetryAfter(retryAfter) };
  const head = { status, headers: { ...wait, ...headers } };
  return sendJson(exchange, head, { error: toOpenAiError(status, error) });
}

/** Sends the client elsewhere. */
export function sendRedirect(exchange: Exchange, { status, location }: ReplyOf<'redirect'>): Promise<Sent> {
  return sendWhole(exchange, { status, headers: { location } }, '');
}

function toRetryAfter(retryAfter: NonNullable<ReplyOf<'status'>['retryAfter']>): string {
  return typeof retryAfter === 'object'
    ? new Date(Date.now() + retryAfter.dateInMs).toUTCString()
    : String(retryAfter);
}
