import type { z } from 'zod';

import type { MessageHandler } from './delivery/handlers.ts';
import type { InboxFilter } from './mailbox.ts';
import type {
  KindOf,
  MessageCatalog,
  MessageOf,
  OutgoingMessage,
  ReplyKindOf,
  RequestKindOf,
  RoleOf,
} from './message/message-catalog.ts';
import type { Message } from './message/message.ts';
import type { MessageListener } from './subscription.ts';

/** What a participant answers a message with. */
export interface Answer<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>> {
  readonly kind: Kind;
  readonly payload: z.input<Catalog[Kind]['schema']>;
  /** Default: `reply to ` and the id of what is answered. */
  readonly id?: string;
}

/** One participant of a bus: it sends in its own name and reads its own inbox. Get it with `bus.port(role)`. */
export interface BusPort<Catalog extends MessageCatalog, Role extends RoleOf<Catalog> = RoleOf<Catalog>> {
  readonly role: Role;

  /** Sends in the name of this participant, whoever the message says it is from. Throws like {@link MessageBus.send}. */
  send<Kind extends KindOf<Catalog>>(
    message: Omit<OutgoingMessage<Catalog, Kind>, 'from'>,
  ): MessageOf<Catalog, Kind>;

  /** Asks in the name of this participant and gives the answer. Rejects like {@link MessageBus.request}. */
  request<Kind extends RequestKindOf<Catalog>>(
    message: Omit<OutgoingMessage<Catalog, Kind>, 'from'>,
  ): Promise<MessageOf<Catalog, ReplyKindOf<Catalog, Kind>>>;

  /** Answers a message, in its thread and to its sender. Throws like {@link MessageBus.send}. */
  reply<Kind extends KindOf<Catalog>>(to: Message, answer: Answer<Catalog, Kind>): MessageOf<Catalog, Kind>;

  /**
   * Handles every message to this participant from now on, one at a time. A handler that fails makes its message a
   * dead letter, unless that was answered before.
   *
   * @returns a function that ends it; what waits stays in the inbox.
   * @throws {@link HandlerTakenError} when there is one already.
   */
  handle(handler: MessageHandler<MessageOf<Catalog>>): () => void;

  /** Resolves when a message to this role would not be refused with {@link InboxFullError}. */
  whenRoom(to: RoleOf<Catalog>): Promise<void>;

  /** As {@link MessageBus.subscribe}, for this participant. */
  subscribe(listener: MessageListener<MessageOf<Catalog>>): () => void;

  /** As {@link MessageBus.inbox}, for this participant. */
  inbox<Kind extends KindOf<Catalog> = KindOf<Catalog>>(
    filter?: InboxFilter<Kind>,
  ): readonly MessageOf<Catalog, Kind>[];
}
