import type { Message } from '../message/message.ts';
import type { Transport } from '../transport/transport.ts';

/** What happens to a message on its way: nothing, it is lost, it comes twice, or it comes after later ones. */
export type Fault = 'none' | 'lose' | 'double' | 'delay';

/**
 * A transport that loses, doubles and reorders, as it is told. Use it to see whether what you build on a bus holds;
 * the same faults give the same history. Nothing arrives before {@link FaultyTransport.flush}.
 */
export class FaultyTransport implements Transport {
  readonly delivery = 'unreliable';
  readonly #nextFault: () => Fault;
  readonly #onTheWay: Message[] = [];
  #delayed: Message[] = [];
  #receive: ((message: Message) => void) | undefined;

  /** @param nextFault - asked once for each message that is carried */
  constructor(nextFault: () => Fault) {
    this.#nextFault = nextFault;
  }

  connect(receive: (message: Message) => void): () => void {
    this.#receive = receive;
    return () => {
      this.#receive = undefined;
    };
  }

  carry(message: Message): void {
    const copy = structuredClone(message);
    const fault = this.#nextFault();
    switch (fault) {
      case 'none':
        this.#onTheWay.push(copy);
        return;
      case 'double':
        this.#onTheWay.push(copy, copy);
        return;
      case 'delay':
        this.#delayed.push(copy);
        return;
      case 'lose':
        return;
    }
  }

  bury(): void {
    // Nothing is kept, so nobody has to know.
  }

  /** Lets everything arrive that is on its way; what was delayed arrives the time after. */
  flush(): void {
    const delayed = this.#delayed;
    this.#delayed = [];
    for (let next = this.#onTheWay.shift(); next !== undefined; next = this.#onTheWay.shift()) {
      this.#receive?.(next);
    }
    this.#onTheWay.push(...delayed);
  }
}
