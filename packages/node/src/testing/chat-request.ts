import { z } from 'zod';

/** One message of a request, its content as plain text. */
export interface ChatMessage {
  readonly role: string;
  /** The text of the message; text parts joined by line breaks, other parts left out. */
  readonly text: string;
}

/** A request for a chat completion, as a script sees it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Whether the client asked for server-sent events. */
  readonly isStreamed: boolean;
  /** Whether the client asked for usage at the end of the stream. */
  readonly wantsStreamedUsage: boolean;
  /** The header `X-Jarvis-Step`. */
  readonly stepId?: string;
  /** The parsed JSON of the request, every field of it. */
  readonly body: unknown;
  readonly bodySha256: string;
  /** Names in lower case; keys are reduced to a SHA-256. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A request with its place among the others. */
export interface NumberedRequest extends ChatRequest {
  /** 1-based, among all requests to this server. */
  readonly n: number;
  /** The role that asks, where it is known. */
  readonly role?: string;
  /** 1-based, among the requests of its role; requests without a known role count together. */
  readonly nInRole: number;
}

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() });

const messageSchema = z
  .looseObject({
    role: z.string(),
    content: z.union([z.string(), z.array(z.unknown()), z.null()]).optional(),
  })
  .transform(({ role, content }): ChatMessage => ({ role, text: toText(content ?? '') }));

/** The part of a request body this server understands; the rest is for the log and for script functions. */
export const chatBodySchema = z
  .looseObject({
    model: z.string().min(1),
    messages: z.array(messageSchema).min(1),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  })
  .transform(({ model, messages, stream, stream_options: streamOptions }) => ({
    model,
    messages,
    isStreamed: stream === true,
    wantsStreamedUsage: streamOptions?.include_usage === true,
  }));

function toText(content: string | readonly unknown[]): string {
  if (typeof content === 'string') {
    return content;
  }
  return content
    .map((part) => textPartSchema.safeParse(part))
    .flatMap(({ data }) => (data === undefined ? [] : [data.text]))
    .join('\n');
}
