import { numberReply } from './number-reply.ts';
import type { CompleteReply } from './reply.ts';

/** A reply of the script that no request has fetched, or not as often as it was meant to be. */
export interface UnusedReply {
  /** The role whose queue holds it; absent in a list for all. */
  readonly role?: string;
  /** 0-based place in its list. */
  readonly index: number;
  readonly reply: CompleteReply;
  /** How many requests it was still meant for; `forever` when it was never fetched at all. */
  readonly left: number | 'forever';
}

/** Hands out replies in order, each as often as it repeats. */
export class ReplyQueue {
  readonly #replies: readonly CompleteReply[];
  #index = 0;
  /** How often the reply at `#index` was handed out. */
  #served = 0;

  constructor(replies: readonly CompleteReply[]) {
    this.#replies = replies;
  }

  /** The next reply, with `{{n}}` in its strings replaced; `undefined` at the end of the queue. */
  next(n: number): CompleteReply | undefined {
    const reply = this.#replies[this.#index];
    if (reply === undefined) {
      return undefined;
    }
    this.#served += 1;
    if (this.#served === (reply.repeat ?? 1)) {
      this.#index += 1;
      this.#served = 0;
    }
    return numberReply(reply, n);
  }

  unused(): readonly Omit<UnusedReply, 'role'>[] {
    return this.#replies
      .map((reply, index) => ({ index, reply, left: this.#left(reply, index) }))
      .filter(({ left }) => left !== 0);
  }

  #left({ repeat = 1 }: CompleteReply, index: number): number | 'forever' {
    const served = index === this.#index ? this.#served : 0;
    if (index < this.#index || (repeat === 'forever' && served > 0)) {
      return 0;
    }
    return repeat === 'forever' ? repeat : repeat - served;
  }
}
