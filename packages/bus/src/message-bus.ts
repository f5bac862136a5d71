import type { AgentRole } from '@jarvis/core';

import type { BusStats } from './bus-stats.ts';
import type { InboxFilter } from './mailbox.ts';
import type { KindOf, MessageCatalog, MessageOf, OutgoingMessage } from './message/message-catalog.ts';
import type { MessageListener } from './subscription.ts';

/** Carries messages between agents: one at a time, each once, in one order for everybody. Make it with {@link createBus}. */
export interface MessageBus<Catalog extends MessageCatalog> {
  /**
   * Delivers a message and tells the receiver's observers. A repeated id gives the first message and delivers nothing.
   *
   * @throws the errors of {@link parseMessage}, and then nothing was delivered.
   * @throws {@link MessageIdTakenError} when another message has this id.
   * @throws {@link UnknownReplyTargetError} when the thread does not have the message that is answered.
   */
  send<Kind extends KindOf<Catalog>>(message: OutgoingMessage<Catalog, Kind>): MessageOf<Catalog, Kind>;

  /**
   * Tells a listener of every message delivered to a role from now on. A listener that throws disturbs nobody.
   *
   * @returns a function that ends the subscription.
   */
  subscribe(role: AgentRole, listener: MessageListener<MessageOf<Catalog>>): () => void;

  /** The messages delivered to a role, in order; typed by kind when the filter names one. */
  inbox<Kind extends KindOf<Catalog> = KindOf<Catalog>>(
    role: AgentRole,
    filter?: InboxFilter<Kind>,
  ): readonly MessageOf<Catalog, Kind>[];

  /** The messages of a thread, in order. What other threads hold makes it no slower. */
  conversation(threadId: string): readonly MessageOf<Catalog>[];

  /** How much was said so far, by kind and role. */
  stats(): BusStats<KindOf<Catalog>>;
}
