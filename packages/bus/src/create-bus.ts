import type { AgentRole } from '@jarvis/core';

import { countMessages } from './bus-stats.ts';
import type { BusStats } from './bus-stats.ts';
import { BrokenHistoryError, MessageIdTakenError, UnknownReplyTargetError } from './errors.ts';
import type { ObserverFailedError } from './errors.ts';
import { Mailbox } from './mailbox.ts';
import type { InboxFilter } from './mailbox.ts';
import type { MessageBus } from './message-bus.ts';
import type { KindOf, MessageCatalog, MessageOf, OutgoingMessage } from './message/message-catalog.ts';
import type { Message } from './message/message.ts';
import { createMessage, parseMessage, requireRole } from './message/parse-message.ts';
import { Subscriptions } from './subscription.ts';
import type { MessageListener } from './subscription.ts';
import { ThreadIndex } from './thread-index.ts';

/** What a bus is made of. */
export interface BusOptions<Catalog extends MessageCatalog> {
  readonly catalog: Catalog;
  /** Every message of the bus that is to be restored, in the order they were sent. Observers are not told of them. */
  readonly messages?: readonly Message[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Hears of observers that failed. Without it they are only counted, in {@link BusStats}. */
  readonly onObserverError?: (error: ObserverFailedError) => void;
}

/**
 * Makes a bus, empty or as recorded messages left it. It keeps everything in memory; write down what it delivers.
 *
 * @throws the errors of {@link parseMessage} for a recorded message that does not fit the catalogue.
 * @throws {@link BrokenHistoryError} when a recorded message is missing, out of order or there twice.
 * @throws {@link UnknownReplyTargetError} when a recorded message answers one that is not there.
 *
 * @example
 * ```ts
 * const bus = createBus({ catalog: agentCatalog, now: () => clock.nowMs() });
 * bus.send({ id: 'n1', kind: 'notice', from: 'manager', to: 'employee', threadId: 'run-1', payload: { text: 'Hello' } });
 * ```
 */
export function createBus<Catalog extends MessageCatalog>(options: BusOptions<Catalog>): MessageBus<Catalog> {
  return new MemoryBus(options);
}

class MemoryBus<Catalog extends MessageCatalog> implements MessageBus<Catalog> {
  readonly #catalog: Catalog;
  readonly #now: () => number;
  readonly #messages = new Map<string, MessageOf<Catalog>>();
  readonly #threads = new ThreadIndex<MessageOf<Catalog>>();
  readonly #mailboxes = {
    manager: new Mailbox<Catalog>(),
    supervisor: new Mailbox<Catalog>(),
    employee: new Mailbox<Catalog>(),
  };
  readonly #lastSequences = { manager: 0, supervisor: 0, employee: 0 };
  readonly #subscriptions: Subscriptions<MessageOf<Catalog>>;

  constructor({ catalog, messages = [], now, onObserverError = () => undefined }: BusOptions<Catalog>) {
    this.#catalog = catalog;
    this.#now = now;
    this.#subscriptions = new Subscriptions(onObserverError);
    for (const message of messages) this.#restore(parseMessage(catalog, message));
  }

  send<Kind extends KindOf<Catalog>>(outgoing: OutgoingMessage<Catalog, Kind>): MessageOf<Catalog, Kind> {
    const first = this.#messages.get(outgoing.id);
    if (first !== undefined) return requireSame<Catalog, Kind>(first, outgoing);

    const sequence = this.#nextSequence(requireRole(outgoing.from));
    const message = createMessage(this.#catalog, { ...outgoing, sequence, atMs: this.#now() });
    this.#add(message);
    this.#subscriptions.publish(message);
    return message;
  }

  subscribe(role: AgentRole, listener: MessageListener<MessageOf<Catalog>>): () => void {
    return this.#subscriptions.add(requireRole(role), listener);
  }

  inbox<Kind extends KindOf<Catalog> = KindOf<Catalog>>(
    role: AgentRole,
    filter: InboxFilter<Kind> = {},
  ): readonly MessageOf<Catalog, Kind>[] {
    return this.#mailboxes[requireRole(role)].list(filter);
  }

  conversation(threadId: string): readonly MessageOf<Catalog>[] {
    return this.#threads.list(threadId);
  }

  stats(): BusStats<KindOf<Catalog>> {
    return {
      ...countMessages<Catalog>(this.#messages.values()),
      observerFailures: this.#subscriptions.failures,
    };
  }

  #restore(message: MessageOf<Catalog>): void {
    const { id, from, sequence } = message;
    const expectedSequence = this.#nextSequence(from);
    if (sequence !== expectedSequence || this.#messages.has(id)) {
      throw new BrokenHistoryError({ messageId: id, from, sequence, expectedSequence });
    }
    this.#add(message);
  }

  #add(message: MessageOf<Catalog>): void {
    const { id, from, to, threadId, replyTo, sequence } = message;
    if (replyTo !== undefined && this.#messages.get(replyTo)?.threadId !== threadId) {
      throw new UnknownReplyTargetError({ messageId: id, replyTo, threadId });
    }
    this.#messages.set(id, message);
    this.#threads.add(message);
    this.#mailboxes[to].add(message);
    this.#lastSequences[from] = sequence;
  }

  #nextSequence(role: AgentRole): number {
    return this.#lastSequences[role] + 1;
  }
}

const ADDRESS = ['kind', 'from', 'to', 'threadId', 'replyTo'] as const;

/** One id for two messages is a mistake of the sender: to answer with the first would lose the second without a word. */
function requireSame<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  first: MessageOf<Catalog>,
  outgoing: OutgoingMessage<Catalog, Kind>,
): MessageOf<Catalog, Kind> {
  if (isSame<Catalog, Kind>(first, outgoing)) return first;
  throw new MessageIdTakenError({ messageId: first.id, fields: listDifferences(first, outgoing) });
}

function isSame<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  first: MessageOf<Catalog>,
  outgoing: OutgoingMessage<Catalog, Kind>,
): first is MessageOf<Catalog, Kind> {
  return listDifferences(first, outgoing).length === 0;
}

type Address = Pick<Message, (typeof ADDRESS)[number]>;

function listDifferences(first: Address, second: Address): readonly string[] {
  return ADDRESS.filter((field) => first[field] !== second[field]);
}
