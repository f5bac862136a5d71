import type { BusOptions } from '../bus-options.ts';
import type { BusState } from '../bus-state.ts';
import type { DeathReason } from '../dead-letters.ts';
import { MessageIdTakenError, ObserverFailedError } from '../errors.ts';
import { InboxFullError } from '../limit-errors.ts';
import type { KindOf, MessageCatalog, MessageDraft, MessageOf } from '../message/message-catalog.ts';
import { measurePayload } from '../message/measure-payload.ts';
import type { Message } from '../message/message.ts';
import { createMessage } from '../message/parse-message.ts';
import { NoTimerError } from '../request-errors.ts';
import { Alarm } from '../request/alarm.ts';
import { defaultLimits, RunBudget } from '../run-budget.ts';
import { Subscriptions } from '../subscription.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { Handlers } from './handlers.ts';
import { SenderOrder } from './sender-order.ts';

const RESEND = { afterMs: 1_000, attempts: 5 };

/** Brings each message from its sender to those who wait for it, once, or gives it up. */
export class Dispatcher<Catalog extends MessageCatalog> {
  readonly budget: RunBudget;
  readonly handlers: Handlers<MessageOf<Catalog>>;
  readonly subscriptions: Subscriptions<MessageOf<Catalog>>;
  readonly #options: BusOptions<Catalog>;
  readonly #state: BusState<Catalog>;
  readonly #transport: Transport;
  readonly #disconnect: () => void;
  readonly #order = new SenderOrder<MessageOf<Catalog>>();
  readonly #attempts = new Map<string, number>();
  readonly #deadlines: Alarm | undefined;
  readonly #resends: Alarm | undefined;
  readonly #limits: typeof defaultLimits;
  /** What was given to the transport last: one that hands it on at once gives back this very message. */
  #carried: MessageOf<Catalog> | undefined;

  constructor(options: BusOptions<Catalog>, state: BusState<Catalog>) {
    const { limits, onObserverError = () => undefined, timer, transport = createMemoryTransport() } = options;
    if (timer === undefined && transport.delivery === 'unreliable') {
      throw new NoTimerError({ needs: 'transport' });
    }
    this.#options = options;
    this.#state = state;
    this.#transport = transport;
    this.#limits = { ...defaultLimits, ...limits };
    this.budget = new RunBudget(this.#limits);
    this.handlers = new Handlers(this.#limits.waiting, (message, cause) => this.#fail(message, cause));
    this.subscriptions = new Subscriptions(onObserverError, (message) => this.handlers.take(message));
    this.#deadlines = timer && new Alarm(timer, (ids) => this.#buryAll(ids, 'timed_out'));
    this.#resends = timer && new Alarm(timer, (ids) => this.#resend(ids));
    this.#disconnect = transport.connect((message) => this.#receive(message));
  }

  /** Goes on after these messages were restored: what they used is used, and open requests keep their deadlines. */
  resume(restored: readonly MessageOf<Catalog>[]): void {
    for (const message of restored) {
      this.#order.take(message);
      this.budget.book(measurePayload(message.payload, Infinity));
    }
    for (const { id, atMs, timeoutMs = 0 } of this.#state.pending.list()) {
      this.#deadlines?.set(id, Math.max(0, atMs + timeoutMs - this.#options.now()));
    }
  }

  send<Kind extends KindOf<Catalog>>(draft: MessageDraft<Catalog, Kind>): MessageOf<Catalog, Kind> {
    const first = this.#state.find(draft.id);
    if (first !== undefined) return requireSame<Catalog, Kind>(first, draft);

    const bytes = this.budget.measure(draft);
    const sequence = this.#state.nextSequence(draft.from);
    const message = createMessage(this.#options.catalog, draft, { sequence, atMs: this.#options.now() });
    this.#requireDeliverable(message);
    this.#carry(message, bytes);
    return message;
  }

  close(): void {
    this.#disconnect();
    this.#deadlines?.close();
    this.#resends?.close();
  }

  #requireDeliverable(message: MessageOf<Catalog>): void {
    const { id, kind, to, replyTo } = message;
    this.#state.requireAnswerable(message);
    if (this.#deadlines === undefined && this.#state.isRequest(message)) {
      throw new NoTimerError({ needs: kind });
    }
    // Answers are as many as the requests; to refuse one would leave both sides waiting for each other.
    if (replyTo === undefined && !this.handlers.hasRoom(to)) {
      throw new InboxFullError({ messageId: id, to, limit: this.#limits.waiting });
    }
  }

  #carry(message: MessageOf<Catalog>, bytes: number): void {
    this.#state.accept(message);
    this.budget.book(bytes);
    this.#carried = message;
    try {
      this.#transport.carry(message);
    } catch (error) {
      this.#state.withdraw(message);
      this.budget.release(bytes);
      throw error;
    }
    if (!this.#order.isSettled(message)) this.#awaitArrival(message.id, 1);
    if (message.timeoutMs !== undefined && this.#state.pending.isOpen(message.id)) {
      this.#deadlines?.set(message.id, message.timeoutMs);
    }
  }

  #receive(received: Message): void {
    // What was sent is delivered, not what the transport has made of it.
    const sent = received === this.#carried ? this.#carried : this.#state.find(received.id);
    if (sent !== undefined) this.#deliverAll(this.#order.take(sent));
  }

  #deliverAll(messages: readonly MessageOf<Catalog>[]): void {
    for (const message of messages) {
      if (this.#attempts.delete(message.id)) this.#resends?.clear(message.id);
      this.#state.deliver(message);
      if (message.replyTo !== undefined) this.#deadlines?.clear(message.replyTo);
      this.subscriptions.publish(message);
    }
  }

  #awaitArrival(id: string, attempts: number): void {
    this.#attempts.set(id, attempts);
    this.#resends?.set(id, (this.#options.resend ?? RESEND).afterMs);
  }

  #resend(ids: readonly string[]): void {
    for (const id of ids) {
      const message = this.#state.find(id);
      const attempts = this.#attempts.get(id) ?? 0;
      if (message === undefined || this.#order.isSettled(message)) continue;
      if (attempts >= (this.#options.resend ?? RESEND).attempts) this.#lose(message);
      else this.#carryAgain(message, attempts + 1);
    }
  }

  #carryAgain(message: MessageOf<Catalog>, attempts: number): void {
    this.#awaitArrival(message.id, attempts);
    try {
      this.#transport.carry(message);
    } catch {
      // As good as lost on the way: it is tried again, and given up like everything that does not arrive.
    }
  }

  #lose(message: MessageOf<Catalog>): void {
    this.#attempts.delete(message.id);
    this.#buryAll([message.id], 'lost');
    this.#deliverAll(this.#order.skip(message));
  }

  #fail(message: MessageOf<Catalog>, cause: unknown): void {
    this.subscriptions.report(new ObserverFailedError({ messageId: message.id, role: message.to, cause }));
    this.#buryAll([message.id], 'handler_failed');
  }

  #buryAll(ids: readonly string[], reason: DeathReason): void {
    const atMs = this.#options.now();
    for (const id of ids) {
      const message = this.#state.find(id);
      if (message === undefined || !this.#state.bury({ message, reason, atMs })) continue;
      this.#deadlines?.clear(id);
      this.#transport.bury({ type: 'message.dead', messageId: id, reason, atMs });
    }
  }
}

const ADDRESS = ['kind', 'from', 'to', 'threadId', 'replyTo'] as const;

/** One id for two messages is a mistake of the sender: to answer with the first would lose the second without a word. */
function requireSame<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  first: MessageOf<Catalog>,
  draft: MessageDraft<Catalog, Kind>,
): MessageOf<Catalog, Kind> {
  if (isSame<Catalog, Kind>(first, draft)) return first;
  throw new MessageIdTakenError({ messageId: first.id, fields: listDifferences(first, draft) });
}

function isSame<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  first: MessageOf<Catalog>,
  draft: MessageDraft<Catalog, Kind>,
): first is MessageOf<Catalog, Kind> {
  return listDifferences(first, draft).length === 0;
}

type Address = Pick<Message, (typeof ADDRESS)[number]>;

function listDifferences(first: Address, second: Address): readonly string[] {
  return ADDRESS.filter((field) => first[field] !== second[field]);
}
