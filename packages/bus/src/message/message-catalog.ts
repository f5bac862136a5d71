import type { z } from 'zod';

import { UnknownKindError } from '../errors.ts';
import type { Message } from './message.ts';

/** What a payload may consist of: it is written to a journal and read back. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type Roles = readonly [string, ...string[]];

/** What is expected after a message that asks for something. */
export interface RequestRules {
  /** The kinds it may be answered with, by its receiver, to its sender. */
  readonly replies: readonly [string, ...string[]];
  /** How long the answer is waited for, in milliseconds, when the sender does not say. */
  readonly timeoutMs: number;
}

/** One kind of message: what it carries, who may send it and who may receive it. */
export interface MessageKind {
  /** Runs when a message is sent and again when it is read back, so it has to accept what it gives. */
  readonly schema: z.ZodType<JsonValue>;
  readonly from: Roles;
  readonly to: Roles;
  /** Makes the kind a request: each message of it ends in one answer or one dead letter. */
  readonly request?: RequestRules;
}

/** Every kind of message a bus carries, by name. Make one with {@link defineCatalog}. */
export type MessageCatalog = Readonly<Record<string, MessageKind>>;

/** The names of a catalogue's kinds. */
export type KindOf<Catalog extends MessageCatalog> = keyof Catalog & string;

/** The kinds of a catalogue that are requests. */
export type RequestKindOf<Catalog extends MessageCatalog> = {
  [Kind in KindOf<Catalog>]: Catalog[Kind] extends { readonly request: RequestRules } ? Kind : never;
}[KindOf<Catalog>];

/** The kinds a request may be answered with. */
export type ReplyKindOf<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog>,
> = Catalog[Kind] extends {
  readonly request: { readonly replies: readonly (infer Reply)[] };
}
  ? Reply & KindOf<Catalog>
  : never;

/** Everybody a catalogue names as a sender or a receiver. */
export type RoleOf<Catalog extends MessageCatalog> = Catalog[KindOf<Catalog>]['from' | 'to'][number];

type MessageTable<Catalog extends MessageCatalog> = {
  readonly [Kind in KindOf<Catalog>]: Message<
    Kind,
    z.output<Catalog[Kind]['schema']>,
    Catalog[Kind]['from'][number],
    Catalog[Kind]['to'][number]
  >;
};

/** A message of a catalogue, typed by its kind; without a kind, the union of all. */
export type MessageOf<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog> = KindOf<Catalog>,
> = MessageTable<Catalog>[Kind];

/** What is said, by whom to whom; whether they may is seen when it is sent. */
export interface MessageDraft<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog> = KindOf<Catalog>,
> {
  /** Names this message for ever. Derive it from what is sent, so that a run that is resumed names it the same. */
  readonly id: string;
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
  readonly threadId: string;
  readonly payload: z.input<Catalog[Kind]['schema']>;
  /** The id of the message in the same thread that this one answers. A message is answered once. */
  readonly replyTo?: string;
  /** Of a request: how long its answer is waited for, in milliseconds. Default: what the catalogue says. */
  readonly timeoutMs?: number;
}

/** What a sender says; the bus adds the time and the sequence number. */
export interface OutgoingMessage<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog> = KindOf<Catalog>,
> extends MessageDraft<Catalog, Kind> {
  readonly from: Catalog[Kind]['from'][number];
  readonly to: Catalog[Kind]['to'][number];
}

/**
 * Declares the kinds of messages a bus carries, and freezes them: who may say what does not change while agents talk.
 * Use it once for each subject; nothing outside the catalogue can be sent.
 *
 * @throws {@link UnknownKindError} when a request is to be answered with a kind that is not declared.
 *
 * @example
 * ```ts
 * const catalog = defineCatalog({
 *   'work.assigned': { schema: z.strictObject({ round: z.int() }), from: ['manager'], to: ['employee'] },
 * });
 * ```
 */
export function defineCatalog<const Catalog extends MessageCatalog>(catalog: Catalog): Readonly<Catalog> {
  const known = Object.keys(catalog);
  for (const kind of Object.values(catalog)) {
    const missing = kind.request?.replies.find((reply) => !known.includes(reply));
    if (missing !== undefined) throw new UnknownKindError({ kind: missing, known });
    [kind.from, kind.to, kind.request?.replies, kind.request, kind].forEach(Object.freeze);
  }
  return Object.freeze(catalog);
}

/** The names of everybody a catalogue lets send or receive. */
export function rolesOf(catalog: MessageCatalog): ReadonlySet<string> {
  return new Set(Object.values(catalog).flatMap(({ from, to }) => [...from, ...to]));
}
