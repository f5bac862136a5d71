import { z } from 'zod';

import type { ChatRequest, NumberedRequest } from './chat-request.ts';
import { replySchema } from './reply.ts';
import type { CompleteReply, Reply } from './reply.ts';
import { parseScriptPart } from './script-problems.ts';

type WithoutRepeat<SomeReply> = SomeReply extends unknown ? Omit<SomeReply, 'repeat'> : never;

/** A reply without `repeat`, as a function gives it: a function is asked for each request. */
export type SingleReply = WithoutRepeat<Reply>;

/** Answers each request by looking at it; `undefined` means that nothing is scripted for it. */
export type ReplyFunction = (
  request: NumberedRequest,
) => SingleReply | undefined | Promise<SingleReply | undefined>;

/** Tells which role asks; `undefined` when it cannot be told. */
export type RoleOf = (request: ChatRequest) => string | undefined;

/** One queue of replies for each role. */
export interface RoleScript {
  readonly byRole: Readonly<Record<string, readonly Reply[]>>;
  /** Default: the role of `byRole` that the system message names first. */
  readonly roleOf?: RoleOf;
}

/** What the fake OpenAI server answers: replies in order, a queue for each role, or a function. */
export type Script = readonly Reply[] | RoleScript | ReplyFunction;

/** A script that was checked, its defaults filled in. */
export type CheckedScript =
  | { readonly type: 'list'; readonly replies: readonly CompleteReply[] }
  | {
      readonly type: 'byRole';
      readonly queues: Readonly<Record<string, readonly CompleteReply[]>>;
      readonly roleOf?: RoleOf;
    }
  | { readonly type: 'function'; readonly answer: ReplyFunction };

const queueSchema = z.array(replySchema, 'expected a list of replies').superRefine((replies, context) => {
  const endless = replies.findIndex(({ repeat }) => repeat === 'forever');
  if (endless !== -1 && endless < replies.length - 1) {
    const message = 'this reply can never be reached, because the one before it repeats for ever';
    context.addIssue({ code: 'custom', path: [endless + 1], message });
  }
});

const roleScriptSchema = z.strictObject(
  {
    byRole: z.record(z.string(), queueSchema, 'expected an object with a list of replies for each role'),
    roleOf: z.custom<RoleOf>(isFunction, 'expected a function').optional(),
  },
  'expected a list of replies, { byRole } or a function',
);

const singleReplySchema = replySchema.refine(({ repeat }) => repeat === undefined, {
  path: ['repeat'],
  message: 'has no meaning in what a function answers, because it is asked for each request',
});

/**
 * Checks a script, wherever it came from.
 *
 * @throws {@link InvalidScriptError} with every problem at once.
 */
export function parseScript(script: unknown, source: string): CheckedScript {
  if (Array.isArray(script)) {
    return { type: 'list', replies: parseScriptPart(queueSchema, script, source) };
  }
  if (isReplyFunction(script)) {
    return { type: 'function', answer: script };
  }
  const { byRole, roleOf } = parseScriptPart(roleScriptSchema, script, source);
  return { type: 'byRole', queues: byRole, ...(roleOf !== undefined && { roleOf }) };
}

/**
 * Checks what the function of a script answered.
 *
 * @throws {@link InvalidScriptError} with every problem at once.
 */
export function parseSingleReply(reply: unknown): CompleteReply {
  return parseScriptPart(singleReplySchema, reply, 'The answer of the script function');
}

function isReplyFunction(script: unknown): script is ReplyFunction {
  return typeof script === 'function';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
