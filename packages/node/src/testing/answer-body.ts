import type { NumberedRequest } from './chat-request.ts';
import type { Completion, CompletionChoice } from './completion.ts';
import { renderCompletion, renderStream } from './completion.ts';
import { InvalidScriptError } from './errors.ts';
import type { ReplyOf } from './reply.ts';

/** The replies that are, or contain, the answer of a model. */
export type AnsweringReply = ReplyOf<
  | 'text'
  | 'json'
  | 'fenced'
  | 'refusal'
  | 'truncatedJson'
  | 'emptyChoices'
  | 'wrongContentType'
  | 'slowBody'
  | 'cutInBody'
  | 'wrongContentLength'
>;

/** The bytes of an answer and what they are. */
export interface AnswerBody {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Writes out the answer of a model in the form the request asked for: one JSON object, or server-sent events. */
export function toAnswerBody(reply: AnsweringReply, request: NumberedRequest): AnswerBody {
  const completion: Completion = {
    id: `chatcmpl-fake-${String(request.n)}`,
    model: reply.model ?? request.model,
    usage: reply.usage,
    choice: toChoice(reply),
  };
  return request.isStreamed
    ? {
        contentType: 'text/event-stream; charset=utf-8',
        bytes: Buffer.from(renderStream(completion, request.wantsStreamedUsage)),
      }
    : { contentType: 'application/json', bytes: Buffer.from(renderCompletion(completion)) };
}

function toChoice(reply: AnsweringReply): CompletionChoice | undefined {
  if (reply.type === 'emptyChoices') {
    return undefined;
  }
  const { finishReason } = reply;
  return reply.type === 'refusal'
    ? { content: null, refusal: reply.message, finishReason }
    : { content: toContent(reply), refusal: null, finishReason };
}

function toContent(reply: Exclude<AnsweringReply, ReplyOf<'emptyChoices' | 'refusal'>>): string | null {
  switch (reply.type) {
    case 'text':
      return reply.content;
    case 'json':
      return JSON.stringify(reply.content);
    case 'fenced':
      return `\`\`\`${reply.language}\n${toText(reply.content, 2)}\n\`\`\``;
    case 'truncatedJson':
      return truncate(reply);
    case 'wrongContentType':
    case 'slowBody':
    case 'cutInBody':
    case 'wrongContentLength':
      return toText(reply.content);
  }
}

function truncate({ content, keepChars }: ReplyOf<'truncatedJson'>): string {
  const whole = JSON.stringify(content);
  const kept = keepChars ?? Math.floor(whole.length / 2);
  if (kept >= whole.length) {
    const message = `expected less than ${String(whole.length)}, the length of the whole JSON text`;
    throw new InvalidScriptError({
      source: 'A truncatedJson reply',
      problems: [{ path: 'keepChars', message }],
    });
  }
  return whole.slice(0, kept);
}

function toText(content: unknown, indent?: number): string {
  return typeof content === 'string' ? content : JSON.stringify(content, null, indent);
}
