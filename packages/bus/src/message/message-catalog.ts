import type { AgentRole } from '@jarvis/core';
import type { z } from 'zod';

import type { Message } from './message.ts';

/** What a payload may consist of: it is written to a journal and read back. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type Roles = readonly [AgentRole, ...AgentRole[]];

/** One kind of message: what it carries, who may send it and who may receive it. */
export interface MessageKind {
  /** Runs when a message is sent and again when it is read back, so it has to accept what it gives. */
  readonly schema: z.ZodType<JsonValue>;
  readonly from: Roles;
  readonly to: Roles;
}

/** Every kind of message a bus carries, by name. Make one with {@link defineCatalog}. */
export type MessageCatalog = Readonly<Record<string, MessageKind>>;

/** The names of a catalogue's kinds. */
export type KindOf<Catalog extends MessageCatalog> = keyof Catalog & string;

type MessageTable<Catalog extends MessageCatalog> = {
  readonly [Kind in KindOf<Catalog>]: Message<Kind, z.output<Catalog[Kind]['schema']>>;
};

/** A message of a catalogue, typed by its kind; without a kind, the union of all. */
export type MessageOf<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog> = KindOf<Catalog>,
> = MessageTable<Catalog>[Kind];

/** What a sender says; the bus adds the time and the sequence number. */
export interface OutgoingMessage<
  Catalog extends MessageCatalog,
  Kind extends KindOf<Catalog> = KindOf<Catalog>,
> {
  /** Names this message for ever. Derive it from what is sent, so that a run that is resumed names it the same. */
  readonly id: string;
  readonly kind: Kind;
  readonly from: Catalog[Kind]['from'][number];
  readonly to: Catalog[Kind]['to'][number];
  readonly threadId: string;
  readonly payload: z.input<Catalog[Kind]['schema']>;
  /** The id of the message in the same thread that this one answers. */
  readonly replyTo?: string;
}

/**
 * Declares the kinds of messages a bus carries, and freezes them: who may say what does not change while agents talk.
 * Use it once for each subject; nothing outside the catalogue can be sent.
 *
 * @example
 * ```ts
 * const catalog = defineCatalog({
 *   'work.assigned': { schema: z.strictObject({ round: z.int() }), from: ['manager'], to: ['employee'] },
 * });
 * ```
 */
export function defineCatalog<const Catalog extends MessageCatalog>(catalog: Catalog): Readonly<Catalog> {
  for (const kind of Object.values(catalog)) {
    Object.freeze(kind.from);
    Object.freeze(kind.to);
    Object.freeze(kind);
  }
  return Object.freeze(catalog);
}
