import { ObserverFailedError } from './errors.ts';
import type { Message } from './message/message.ts';

/** Is told of each message to a role. A promise it gives is not waited for, but its failure is reported. */
export type MessageListener<Observed extends Message = Message> = (message: Observed) => unknown;

interface Subscription<Observed extends Message> {
  readonly role: string;
  readonly listener: MessageListener<Observed>;
}

/** Who is told of which messages, and what happens when one of them fails. */
export class Subscriptions<Observed extends Message> {
  readonly #subscriptions = new Set<Subscription<Observed>>();
  readonly #onObserverError: (error: ObserverFailedError) => void;
  readonly #afterObservers: (message: Observed) => void;
  readonly #waiting: Observed[] = [];
  #isPublishing = false;
  #failures = 0;

  constructor(
    onObserverError: (error: ObserverFailedError) => void,
    afterObservers: (message: Observed) => void = () => undefined,
  ) {
    this.#onObserverError = onObserverError;
    this.#afterObservers = afterObservers;
  }

  /** How often an observer has failed so far. */
  get failures(): number {
    return this.#failures;
  }

  add(role: string, listener: MessageListener<Observed>): () => void {
    const subscription = { role, listener };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  publish(message: Observed): void {
    this.#waiting.push(message);
    // An observer that sends comes here again; its message waits, so that all observers see one order.
    if (this.#isPublishing) return;

    this.#isPublishing = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#tellAll(next);
      this.#afterObservers(next);
    }
    this.#isPublishing = false;
  }

  #tellAll(message: Observed): void {
    for (const subscription of [...this.#subscriptions]) {
      const isStillThere = this.#subscriptions.has(subscription);
      if (subscription.role === message.to && isStillThere) this.#tell(subscription, message);
    }
  }

  #tell({ role, listener }: Subscription<Observed>, message: Observed): void {
    const report = (cause: unknown): void => {
      this.report(new ObserverFailedError({ messageId: message.id, role, cause }));
    };
    try {
      const outcome = listener(message);
      if (outcome instanceof Promise) outcome.catch(report);
    } catch (error) {
      report(error);
    }
  }

  /** Counts a failure and tells of it. */
  report(error: ObserverFailedError): void {
    this.#failures += 1;
    try {
      this.#onObserverError(error);
    } catch {
      // The reporter observes too: its failure is counted and goes no further, or the sender would pay for it.
      this.#failures += 1;
    }
  }
}
