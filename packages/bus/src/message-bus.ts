import type { BusPort } from './bus-port.ts';
import type { BusStats } from './bus-stats.ts';
import type { DeadLetter } from './dead-letters.ts';
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
import type { MessageListener } from './subscription.ts';

/**
 * Carries messages between agents: one at a time, each once, in the order of its sender. Make it with {@link createBus}.
 * Whoever holds it speaks for everybody; give an agent its {@link BusPort} instead.
 */
export interface MessageBus<Catalog extends MessageCatalog> {
  /**
   * What one participant may do, and nothing in the name of another.
   *
   * @throws {@link UnknownRoleError} when the catalogue names nobody so.
   */
  port<Role extends RoleOf<Catalog>>(role: Role): BusPort<Catalog, Role>;

  /**
   * Delivers a message and tells the receiver's observers. A repeated id gives the first message and delivers nothing.
   *
   * @throws the errors of {@link parseMessage}, and then nothing was delivered.
   * @throws {@link MessageIdTakenError} when another message has this id.
   * @throws {@link UnknownReplyTargetError}, {@link ReplyNotAllowedError} or {@link ReplyTooLateError} when it answers
   * what it may not.
   * @throws {@link MessageTooLargeError}, {@link BudgetReachedError} or {@link InboxFullError} at a limit.
   * @throws {@link NoTimerError} when it is a request and the bus has no timer.
   */
  send<Kind extends KindOf<Catalog>>(message: OutgoingMessage<Catalog, Kind>): MessageOf<Catalog, Kind>;

  /**
   * Sends a request and gives its answer. A repeated id waits for the same answer.
   *
   * @throws the errors of {@link MessageBus.send}, as a rejection.
   * @throws {@link NotARequestError} when the catalogue declares no answers to the kind.
   * @throws {@link RequestTimedOutError} or {@link RequestFailedError} when it becomes a dead letter.
   */
  request<Kind extends RequestKindOf<Catalog>>(
    message: OutgoingMessage<Catalog, Kind>,
  ): Promise<MessageOf<Catalog, ReplyKindOf<Catalog, Kind>>>;

  /**
   * Tells a listener of every message delivered to a role from now on. A listener that throws disturbs nobody.
   *
   * @returns a function that ends the subscription.
   */
  subscribe(role: RoleOf<Catalog>, listener: MessageListener<MessageOf<Catalog>>): () => void;

  /** The messages delivered to a role, in order; typed by kind when the filter names one. */
  inbox<Kind extends KindOf<Catalog> = KindOf<Catalog>>(
    role: RoleOf<Catalog>,
    filter?: InboxFilter<Kind>,
  ): readonly MessageOf<Catalog, Kind>[];

  /** The messages of a thread, in order. What other threads hold makes it no slower. */
  conversation(threadId: string): readonly MessageOf<Catalog>[];

  /** The requests that have not ended, oldest first. */
  pendingRequests(): readonly MessageOf<Catalog>[];

  /** The messages that were given up, in the order they were. */
  deadLetters(): readonly DeadLetter<MessageOf<Catalog>>[];

  /** How much was said so far, by kind and role, and what became of it. */
  stats(): BusStats<KindOf<Catalog>, RoleOf<Catalog>>;

  /** Takes nothing from the transport any more and lets go of timers. Open requests stay open, to be restored. */
  close(): void;
}
