import { BudgetReachedError, MessageTooLargeError } from './limit-errors.ts';
import { measurePayload } from './message/measure-payload.ts';
import type { Message } from './message/message.ts';

/** How much a bus carries. What was restored counts as well, so a restart gives nothing back. */
export interface BusLimits {
  /** Messages in all. Default: 10,000. */
  readonly messages?: number;
  /** Bytes of all payloads. Default: 64 MB. */
  readonly bytes?: number;
  /** Bytes of one payload. Default: 1 MB. */
  readonly messageBytes?: number;
  /** Messages that wait for one handler before further ones are refused. Default: 1,000. */
  readonly waiting?: number;
}

/** The limits of a bus that names none. */
export const defaultLimits: Readonly<Required<BusLimits>> = {
  messages: 10_000,
  bytes: 64 * 1_048_576,
  messageBytes: 1_048_576,
  waiting: 1_000,
};

/** What a bus has carried, held against its limits. */
export class RunBudget {
  readonly #limits: Required<BusLimits>;
  #messages = 0;
  #bytes = 0;

  constructor(limits: Required<BusLimits>) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Measures a message that is about to be sent.
   *
   * @returns its bytes, to be booked once it is sent.
   * @throws {@link MessageTooLargeError} or {@link BudgetReachedError} when it does not fit.
   */
  measure({ id, payload }: Pick<Message, 'id' | 'payload'>): number {
    const { messages, bytes, messageBytes } = this.#limits;
    const size = measurePayload(payload, messageBytes);
    if (size > messageBytes) throw new MessageTooLargeError({ messageId: id, limitBytes: messageBytes });
    if (this.#messages >= messages) {
      throw new BudgetReachedError({ messageId: id, unit: 'messages', limit: messages });
    }
    if (this.#bytes + size > bytes) {
      throw new BudgetReachedError({ messageId: id, unit: 'bytes', limit: bytes });
    }
    return size;
  }

  book(bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** Gives back what was booked for a message that could not be sent after all. */
  release(bytes: number): void {
    this.#messages -= 1;
    this.#bytes -= bytes;
  }
}
