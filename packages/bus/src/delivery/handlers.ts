import { HandlerTakenError } from '../limit-errors.ts';
import type { Message } from '../message/message.ts';

/** Handles the messages to one participant, one at a time: the next waits until a promise it gives is settled. */
export type MessageHandler<M extends Message = Message> = (message: M) => unknown;

interface Desk<M extends Message> {
  readonly handler: MessageHandler<M>;
  readonly waiting: M[];
  isBusy: boolean;
}

/** Who handles which messages, how many wait, and who waits for room. */
export class Handlers<M extends Message> {
  readonly #desks = new Map<string, Desk<M>>();
  readonly #roomWaiters = new Map<string, (() => void)[]>();
  readonly #limit: number;
  readonly #onFailure: (message: M, cause: unknown) => void;

  constructor(limit: number, onFailure: (message: M, cause: unknown) => void) {
    this.#limit = limit;
    this.#onFailure = onFailure;
  }

  add(role: string, handler: MessageHandler<M>): () => void {
    if (this.#desks.has(role)) throw new HandlerTakenError({ role });
    const desk: Desk<M> = { handler, waiting: [], isBusy: false };
    this.#desks.set(role, desk);
    return () => {
      if (this.#desks.get(role) === desk) this.#desks.delete(role);
      desk.waiting.length = 0;
      this.#announceRoom(role);
    };
  }

  hasRoom(role: string): boolean {
    return (this.#desks.get(role)?.waiting.length ?? 0) < this.#limit;
  }

  whenRoom(role: string): Promise<void> {
    if (this.hasRoom(role)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#roomWaiters.set(role, [...(this.#roomWaiters.get(role) ?? []), resolve]);
    });
  }

  take(message: M): void {
    const desk = this.#desks.get(message.to);
    if (desk === undefined) return;
    desk.waiting.push(message);
    if (!desk.isBusy) this.#work(message.to, desk);
  }

  /** Goes on without a break as long as the handler gives no promise: nothing waits that need not. */
  #work(role: string, desk: Desk<M>): void {
    desk.isBusy = true;
    for (let next = desk.waiting.shift(); next !== undefined; next = desk.waiting.shift()) {
      this.#announceRoom(role);
      const outcome = this.#handle(desk, next);
      if (outcome instanceof Promise) {
        void outcome.then(() => this.#work(role, desk));
        return;
      }
    }
    desk.isBusy = false;
  }

  #handle({ handler }: Desk<M>, message: M): unknown {
    const fail = (cause: unknown): void => this.#onFailure(message, cause);
    try {
      const outcome = handler(message);
      return outcome instanceof Promise ? outcome.catch(fail) : outcome;
    } catch (error) {
      fail(error);
      return undefined;
    }
  }

  #announceRoom(role: string): void {
    const waiters = this.#roomWaiters.get(role);
    if (waiters === undefined || !this.hasRoom(role)) return;
    this.#roomWaiters.delete(role);
    for (const wake of waiters) wake();
  }
}
