import { countMessages } from './bus-stats.ts';
import type { DeadLetter } from './dead-letters.ts';
import { BrokenHistoryError, UnknownReplyTargetError } from './errors.ts';
import { Mailbox } from './mailbox.ts';
import type { MessageCatalog, MessageOf } from './message/message-catalog.ts';
import type { Message } from './message/message.ts';
import { kindOf } from './message/parse-message.ts';
import { ReplyNotAllowedError, ReplyTooLateError } from './request-errors.ts';
import { PendingRequests } from './request/pending-requests.ts';
import { ThreadIndex } from './thread-index.ts';

/** Everything a bus remembers: what was sent, what arrived, what was answered and what is dead. */
export class BusState<Catalog extends MessageCatalog> {
  readonly pending = new PendingRequests<MessageOf<Catalog>>();
  readonly threads = new ThreadIndex<MessageOf<Catalog>>();
  readonly letters = new Map<string, DeadLetter<MessageOf<Catalog>>>();
  readonly #catalog: Catalog;
  readonly #messages = new Map<string, MessageOf<Catalog>>();
  readonly #answered = new Set<string>();
  readonly #mailboxes = new Map<string, Mailbox<Catalog>>();
  readonly #lastSequences = new Map<string, number>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  find(id: string): MessageOf<Catalog> | undefined {
    return this.#messages.get(id);
  }

  mailbox(role: string): Mailbox<Catalog> {
    const existing = this.#mailboxes.get(role);
    if (existing !== undefined) return existing;
    const mailbox = new Mailbox<Catalog>();
    this.#mailboxes.set(role, mailbox);
    return mailbox;
  }

  nextSequence(role: string): number {
    return (this.#lastSequences.get(role) ?? 0) + 1;
  }

  isRequest({ kind }: Pick<Message, 'kind'>): boolean {
    return kindOf(this.#catalog, kind)?.request !== undefined;
  }

  count(): ReturnType<typeof countMessages<Catalog>> {
    return countMessages<Catalog>(this.#messages.values());
  }

  /**
   * Sees whether a message that answers another one may.
   *
   * @throws {@link UnknownReplyTargetError}, {@link ReplyNotAllowedError} or {@link ReplyTooLateError} when not.
   */
  requireAnswerable(message: Message): void {
    const { id, replyTo, threadId } = message;
    if (replyTo === undefined) return;
    const target = this.#messages.get(replyTo);
    if (target?.threadId !== threadId) {
      throw new UnknownReplyTargetError({ messageId: id, replyTo, threadId });
    }
    this.#requireExpected(message, target);
    const ended = this.#answered.has(replyTo) ? 'answered' : this.letters.get(replyTo)?.reason;
    if (ended !== undefined) throw new ReplyTooLateError({ messageId: id, replyTo, ended });
  }

  #requireExpected({ id, kind, from, to }: Message, target: Message): void {
    const rules = kindOf(this.#catalog, target.kind)?.request;
    if (rules === undefined) return;
    if (rules.replies.includes(kind) && from === target.to && to === target.from) return;
    const expected = { kinds: rules.replies, from: target.to, to: target.from };
    throw new ReplyNotAllowedError({ messageId: id, replyTo: target.id, kind, from, to, expected });
  }

  /** Remembers a message that is sent; a request is open from now on. */
  accept(message: MessageOf<Catalog>): void {
    const { id, from, replyTo, sequence } = message;
    this.#messages.set(id, message);
    this.#lastSequences.set(from, sequence);
    if (replyTo !== undefined) this.#answered.add(replyTo);
    if (this.isRequest(message)) this.pending.open(message);
  }

  /** Forgets the last message of its sender, which could not be sent after all. */
  withdraw({ id, from, replyTo, sequence }: MessageOf<Catalog>): void {
    this.#messages.delete(id);
    this.#lastSequences.set(from, sequence - 1);
    if (replyTo !== undefined) this.#answered.delete(replyTo);
    this.pending.withdraw(id);
  }

  /** Files a message that has arrived; what it answers has ended. */
  deliver(message: MessageOf<Catalog>): void {
    this.threads.add(message);
    this.mailbox(message.to).add(message);
    if (message.replyTo !== undefined) {
      this.pending.end(message.replyTo, { type: 'answered', reply: message });
    }
  }

  /** Gives a message up, unless it is answered or dead already. Gives whether it did. */
  bury(letter: DeadLetter<MessageOf<Catalog>>): boolean {
    const { id } = letter.message;
    const isOver = this.isRequest(letter.message)
      ? !this.pending.end(id, { type: 'dead', letter })
      : this.#answered.has(id) || this.letters.has(id);
    if (!isOver) this.letters.set(id, letter);
    return !isOver;
  }

  /** Takes a recorded message, as it was sent and delivered. */
  restore(message: MessageOf<Catalog>): void {
    const { id, from, sequence } = message;
    const expectedSequence = this.nextSequence(from);
    if (sequence !== expectedSequence || this.#messages.has(id)) {
      throw new BrokenHistoryError({ messageId: id, from, sequence, expectedSequence });
    }
    this.requireAnswerable(message);
    this.accept(message);
  }
}
