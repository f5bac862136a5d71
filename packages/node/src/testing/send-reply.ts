import { pause } from './exchange.ts';
import type { ChatExchange, Sent } from './exchange.ts';
import type { CompleteReply, ReplyOf, ReplyType } from './reply.ts';
import { sendAnswer, sendWrongContentType } from './send-answer.ts';
import { sendEmptyBody, sendGzipGarbage, sendHtml, sendNotJson } from './send-broken-body.ts';
import { cutBeforeAnswer, cutInBody, sendWrongContentLength } from './send-cut.ts';
import { sendRedirect, sendStatus } from './send-status.ts';
import { hang, sendEndlessBody, sendHeadersThenSilence, sendSlowBody } from './send-slowly.ts';

type Senders = {
  readonly [Type in ReplyType]: (exchange: ChatExchange, reply: ReplyOf<Type>) => Promise<Sent>;
};

const SENDERS: Senders = {
  text: sendAnswer,
  json: sendAnswer,
  fenced: sendAnswer,
  refusal: sendAnswer,
  truncatedJson: sendAnswer,
  emptyChoices: sendAnswer,
  wrongContentType: sendWrongContentType,
  emptyBody: sendEmptyBody,
  html: sendHtml,
  notJson: sendNotJson,
  gzipGarbage: sendGzipGarbage,
  status: sendStatus,
  redirect: sendRedirect,
  hang,
  headersThenSilence: sendHeadersThenSilence,
  slowBody: sendSlowBody,
  endlessBody: sendEndlessBody,
  cutBeforeAnswer,
  cutInBody,
  wrongContentLength: sendWrongContentLength,
};

/** Does to the client what the reply says. Rejects when the connection is lost meanwhile. */
export async function sendReply(exchange: ChatExchange, reply: CompleteReply): Promise<Sent> {
  await pause(exchange, reply.delayMs);
  return dispatch(exchange, reply);
}

/** The type parameter ties the sender to the reply, which the union alone cannot. */
function dispatch<Type extends ReplyType>(
  exchange: ChatExchange,
  reply: { [Each in Type]: ReplyOf<Each> & { readonly type: Each } }[Type],
): Promise<Sent> {
  return SENDERS[reply.type](exchange, reply);
}
