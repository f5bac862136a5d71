import type { DeadLetter } from '../dead-letters.ts';
import type { Message } from '../message/message.ts';
import { RequestFailedError, RequestTimedOutError } from '../request-errors.ts';

/** How a request ended. */
export type RequestEnd<M> =
  | { readonly type: 'answered'; readonly reply: M }
  | { readonly type: 'dead'; readonly letter: DeadLetter<M> };

interface Waiter<M> {
  readonly resolve: (reply: M) => void;
  readonly reject: (error: Error) => void;
}

interface Pending<M> {
  readonly request: M;
  readonly waiters: Waiter<M>[];
}

/** Which requests are open, how the others ended, and who waits. A request ends once; what comes later changes nothing. */
export class PendingRequests<M extends Message> {
  readonly #open = new Map<string, Pending<M>>();
  readonly #ended = new Map<string, RequestEnd<M>>();

  /** Requests without an end, oldest first. */
  list(): readonly M[] {
    return [...this.#open.values()].map(({ request }) => request);
  }

  get size(): number {
    return this.#open.size;
  }

  open(request: M): void {
    this.#open.set(request.id, { request, waiters: [] });
  }

  /** Forgets a request that could not be sent after all. */
  withdraw(id: string): void {
    this.#open.delete(id);
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** Ends a request, unless it is no request or has ended. Gives whether it did. */
  end(id: string, end: RequestEnd<M>): boolean {
    const pending = this.#open.get(id);
    if (pending === undefined) return false;
    this.#open.delete(id);
    this.#ended.set(id, end);
    for (const waiter of pending.waiters) tell(waiter, end);
    return true;
  }

  /** The answer of a request that was opened; rejects when it is a dead letter. */
  wait(id: string): Promise<M> {
    return new Promise((resolve, reject) => {
      const end = this.#ended.get(id);
      if (end === undefined) this.#open.get(id)?.waiters.push({ resolve, reject });
      else tell({ resolve, reject }, end);
    });
  }
}

function tell<M extends Message>(waiter: Waiter<M>, end: RequestEnd<M>): void {
  if (end.type === 'answered') waiter.resolve(end.reply);
  else waiter.reject(toError(end.letter));
}

function toError({ message, reason }: DeadLetter<Message>): Error {
  const { id, kind, to, timeoutMs = 0 } = message;
  return reason === 'timed_out'
    ? new RequestTimedOutError({ messageId: id, kind, to, timeoutMs })
    : new RequestFailedError({ messageId: id, to, reason });
}
