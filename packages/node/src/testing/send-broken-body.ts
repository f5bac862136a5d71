import { sendWhole } from './exchange.ts';
import type { Exchange, Sent } from './exchange.ts';
import type { ReplyOf } from './reply.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A status without a byte of body, although the headers announce JSON. */
export function sendEmptyBody(exchange: Exchange, { status }: ReplyOf<'emptyBody'>): Promise<Sent> {
  return sendWhole(exchange, { status, headers: JSON_TYPE }, '');
}

/** A web page, as a proxy or a captive portal sends it. */
export function sendHtml(exchange: Exchange, { status, body }: ReplyOf<'html'>): Promise<Sent> {
  return sendWhole(exchange, { status, headers: { 'content-type': 'text/html; charset=utf-8' } }, body);
}

/** A body that claims to be JSON. */
export function sendNotJson(exchange: Exchange, { status, body }: ReplyOf<'notJson'>): Promise<Sent> {
  return sendWhole(exchange, { status, headers: JSON_TYPE }, body);
}

/** A body that claims to be compressed. */
export function sendGzipGarbage(exchange: Exchange, { status }: ReplyOf<'gzipGarbage'>): Promise<Sent> {
  const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
  return sendWhole(exchange, { status, headers }, 'These bytes were never compressed.');
}
