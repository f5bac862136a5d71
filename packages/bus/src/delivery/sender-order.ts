import type { Message } from '../message/message.ts';

/** Puts messages that arrive in any order, and some of them twice, back into the order of their senders. */
export class SenderOrder<M extends Message> {
  readonly #delivered = new Map<string, number>();
  readonly #held = new Map<string, Map<number, M | 'skipped'>>();

  isSettled({ from, sequence }: Pick<Message, 'from' | 'sequence'>): boolean {
    return sequence <= this.#lastOf(from) || (this.#held.get(from)?.has(sequence) ?? false);
  }

  /** Takes what arrived, and gives what may be delivered now: nothing, this message, or also those that waited for it. */
  take(message: M): readonly M[] {
    if (this.isSettled(message)) return [];
    const { from, sequence } = message;
    if (sequence === this.#lastOf(from) + 1 && !this.#held.has(from)) {
      this.#delivered.set(from, sequence);
      return [message];
    }
    return this.#hold(message, message);
  }

  /** Gives up a message that does not arrive, and gives what waited for it. */
  skip(message: M): readonly M[] {
    return this.isSettled(message) ? [] : this.#hold(message, 'skipped');
  }

  #hold({ from, sequence }: M, entry: M | 'skipped'): readonly M[] {
    const held = this.#held.get(from) ?? new Map<number, M | 'skipped'>();
    this.#held.set(from, held.set(sequence, entry));
    const ready: M[] = [];
    for (let next = this.#lastOf(from) + 1; ; next += 1) {
      const waiting = held.get(next);
      if (waiting === undefined) break;
      held.delete(next);
      this.#delivered.set(from, next);
      if (waiting !== 'skipped') ready.push(waiting);
    }
    if (held.size === 0) this.#held.delete(from);
    return ready;
  }

  #lastOf(from: string): number {
    return this.#delivered.get(from) ?? 0;
  }
}
