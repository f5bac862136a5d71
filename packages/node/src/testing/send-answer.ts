import { toAnswerBody } from './answer-body.ts';
import type { AnsweringReply } from './answer-body.ts';
import { sendWhole } from './exchange.ts';
import type { ChatExchange, Sent } from './exchange.ts';
import type { ReplyOf } from './reply.ts';

/** Answers as a working server does. */
export function sendAnswer(exchange: ChatExchange, reply: AnsweringReply): Promise<Sent> {
  const { contentType, bytes } = toAnswerBody(reply, exchange.request);
  return sendWhole(exchange, { status: 200, headers: { 'content-type': contentType } }, bytes);
}

/** Answers with the right bytes under a false name. */
export function sendWrongContentType(
  exchange: ChatExchange,
  reply: ReplyOf<'wrongContentType'>,
): Promise<Sent> {
  const { bytes } = toAnswerBody(reply, exchange.request);
  return sendWhole(exchange, { status: 200, headers: { 'content-type': reply.contentType } }, bytes);
}
