import { validateHeaderName, validateHeaderValue } from 'node:http';

import { z } from 'zod';

import { usageSchema } from './usage.ts';

/** The longest a timer of Node.js can wait, about 24 days. */
const MAX_TIMER_MS = 2_147_483_647;

const milliseconds = z.int().nonnegative().max(MAX_TIMER_MS);

const jsonValue = z.unknown().refine(isWritableAsJson, 'expected a value that can be written as JSON');

const headerValue = z.string().refine(
  (value) =>
    doesNotThrow(() => {
      validateHeaderValue('x', value);
    }),
  'has a character that no HTTP header may carry',
);

const headers = z.record(
  z.string().refine(
    (name) =>
      doesNotThrow(() => {
        validateHeaderName(name);
      }),
    'is not the name of an HTTP header',
  ),
  headerValue,
);

const everyReply = {
  /** How many requests get this reply; not in what a function answers. Default: 1. */
  repeat: z
    .union([z.int().positive(), z.literal('forever')], 'expected a positive integer or "forever"')
    .optional(),
  /** Milliseconds to wait before anything is sent. Default: 0. */
  delayMs: milliseconds.default(0),
};

const everyAnswer = {
  ...everyReply,
  /** The model the answer claims to be from. Default: the one that was asked for. */
  model: z.string().optional(),
  usage: usageSchema,
};

const finishReason = z.enum(['stop', 'length', 'content_filter']).default('stop');

/** What a broken body would have said, had it arrived whole: text as it is, anything else as JSON. */
const carriedContent = { ...everyAnswer, content: jsonValue.default('A scripted answer.'), finishReason };

const httpStatus = { status: z.int().min(200).max(599).default(200) };

/** How long to keep the connection before closing it. Left out: until the client gives up. */
const heldFor = { forMs: milliseconds.optional() };

const openAiError = z.strictObject({
  message: z.string().optional(),
  type: z.string().optional(),
  code: z.string().nullable().optional(),
  param: z.string().nullable().optional(),
});

const retryAfter = z.union(
  [z.number(), headerValue, z.strictObject({ dateInMs: z.int() })],
  'expected seconds, the text of the header, or { dateInMs } for an HTTP date that far from now',
);

const variants = [
  // Answers as they should be, or nearly.
  z.strictObject({ type: z.literal('text'), ...everyAnswer, content: z.string().nullable(), finishReason }),
  z.strictObject({ type: z.literal('json'), ...everyAnswer, content: jsonValue, finishReason }),
  z.strictObject({
    type: z.literal('fenced'),
    ...everyAnswer,
    content: jsonValue,
    /** The word after the opening fence. Default: `json`. */
    language: z.string().default('json'),
    finishReason,
  }),
  z.strictObject({ type: z.literal('refusal'), ...everyAnswer, message: z.string(), finishReason }),
  z.strictObject({
    type: z.literal('truncatedJson'),
    ...everyAnswer,
    content: jsonValue,
    /** How many characters of the JSON text are left. Default: half of them. */
    keepChars: z.int().nonnegative().optional(),
    /** `stop` is the lie some servers tell about a cut answer. Default: `length`. */
    finishReason: z.enum(['length', 'stop']).default('length'),
  }),
  z.strictObject({ type: z.literal('emptyChoices'), ...everyAnswer }),
  // Bodies that are not an answer.
  z.strictObject({ type: z.literal('emptyBody'), ...everyReply, ...httpStatus }),
  z.strictObject({
    type: z.literal('html'),
    ...everyReply,
    ...httpStatus,
    body: z.string().default('<!doctype html><title>Service page</title><p>Please come back later.</p>'),
  }),
  z.strictObject({
    type: z.literal('notJson'),
    ...everyReply,
    ...httpStatus,
    body: z.string().default('{"id": "chatcmpl-'),
  }),
  z.strictObject({ type: z.literal('gzipGarbage'), ...everyReply, ...httpStatus }),
  z.strictObject({
    type: z.literal('wrongContentType'),
    ...carriedContent,
    contentType: headerValue.default('text/plain; charset=utf-8'),
  }),
  // Errors and redirects.
  z.strictObject({
    type: z.literal('status'),
    ...everyReply,
    status: z.int().min(400).max(599),
    /** Fields of the OpenAI error body; what is left out follows from the status. */
    error: openAiError.default({}),
    retryAfter: retryAfter.optional(),
    /** Further headers, such as `retry-after-ms`. */
    headers: headers.default({}),
  }),
  z.strictObject({
    type: z.literal('redirect'),
    ...everyReply,
    location: headerValue,
    status: z.literal([301, 302, 303, 307, 308]).default(307),
  }),
  // Connections that misbehave.
  z.strictObject({ type: z.literal('hang'), ...everyReply, ...heldFor }),
  z.strictObject({ type: z.literal('headersThenSilence'), ...everyReply, ...heldFor }),
  z.strictObject({
    type: z.literal('slowBody'),
    ...carriedContent,
    /** Bytes sent at a time. Default: 1. */
    bytes: z.int().positive().default(1),
    everyMs: milliseconds.default(1000),
  }),
  z.strictObject({
    type: z.literal('endlessBody'),
    ...everyReply,
    /** Bytes sent at a time. Default: 65,536; with `bytes: 1, everyMs: 1000` it is one byte a second for ever. */
    bytes: z.int().positive().default(65_536),
    everyMs: milliseconds.default(0),
  }),
  z.strictObject({ type: z.literal('cutBeforeAnswer'), ...everyReply }),
  z.strictObject({
    type: z.literal('cutInBody'),
    ...carriedContent,
    /** How many bytes of the body arrive. Default: half of them. */
    afterBytes: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    type: z.literal('wrongContentLength'),
    ...carriedContent,
    /** What the header says minus what is sent: above 0 promises too much, below 0 too little. Default: 10. */
    byBytes: z
      .int()
      .default(10)
      .refine((bytes) => bytes !== 0, 'expected anything but 0, which would be right'),
  }),
] as const;

const knownTypes = variants.map((variant) => variant.shape.type.value).join(', ');

/** One reply of a script, as it may stand in a JSON file. Use it to check scripts you build yourself. */
export const replySchema = z.discriminatedUnion('type', variants, {
  error: `expected a reply whose type is one of ${knownTypes}`,
});

/**
 * What the fake OpenAI server answers to one request. `type` says what happens on the wire; everything else
 * has a default. `{{n}}` in any string is replaced with the 1-based number of the request within its role.
 */
export type Reply = z.input<typeof replySchema>;

/** A reply with its defaults filled in. */
export type CompleteReply = z.output<typeof replySchema>;

export type ReplyType = CompleteReply['type'];

/** The complete reply of one type. */
export type ReplyOf<Type extends ReplyType> = Extract<CompleteReply, { type: Type }>;

function isWritableAsJson(value: unknown): boolean {
  return doesNotThrow(() => {
    // The declared type leaves out that functions and `undefined` have no JSON.
    const json: unknown = JSON.stringify(value);
    if (json === undefined) {
      throw new TypeError('JSON has no such value');
    }
  });
}

function doesNotThrow(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    // The question is only whether the built-in check accepts the value.
    return false;
  }
}
