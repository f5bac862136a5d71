import { z } from 'zod';

/** What one participant has said to another. Plain data: write it down as it is and read it with {@link messageSchema}. */
export interface Message<
  Kind extends string = string,
  Payload = unknown,
  From extends string = string,
  To extends string = string,
> {
  /** Names this message for ever: the same id is delivered once, however often it is sent. */
  readonly id: string;
  readonly kind: Kind;
  readonly from: From;
  readonly to: To;
  /** The conversation it belongs to. */
  readonly threadId: string;
  /** The how many-th message of its sender this is: 1, 2, 3 and so on, without a gap. */
  readonly sequence: number;
  /** When it was sent, in milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly payload: Payload;
  /** The id of the message in the same thread that this one answers. */
  readonly replyTo?: string;
  /** Of a request: how long its answer is waited for, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * Reads the envelope of a message and leaves the payload as it is. Use it inside larger schemas, such as that of a
 * journal record; {@link parseMessage} checks kind, roles and payload as well.
 */
export const messageSchema: z.ZodType<Message> = z.strictObject({
  id: z.string().min(1),
  kind: z.string().min(1),
  from: z.string(),
  to: z.string(),
  threadId: z.string().min(1),
  sequence: z.int().positive(),
  atMs: z.number().nonnegative(),
  payload: z.unknown(),
  replyTo: z.string().min(1).exactOptional(),
  timeoutMs: z.int().positive().exactOptional(),
});
