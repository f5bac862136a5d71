import { JarvisError } from '@jarvis/core';

import { quote } from './quote.ts';

/** The payload of one message is larger than a message may be. */
export class MessageTooLargeError extends JarvisError<'JARVIS_BUS_MESSAGE_TOO_LARGE'> {
  readonly code = 'JARVIS_BUS_MESSAGE_TOO_LARGE';
  readonly messageId: string;
  readonly limitBytes: number;

  constructor({ messageId, limitBytes }: Omit<MessageTooLargeError, keyof JarvisError>) {
    super(
      `The payload of message ${quote(messageId)} has more than ${String(limitBytes)} bytes. ` +
        'Store it elsewhere and send its name, or raise limits.messageBytes.',
    );
    this.messageId = messageId;
    this.limitBytes = limitBytes;
  }
}

/** A bus has carried as much as it may: agents may be answering one another without end. */
export class BudgetReachedError extends JarvisError<'JARVIS_BUS_BUDGET_REACHED'> {
  readonly code = 'JARVIS_BUS_BUDGET_REACHED';
  readonly messageId: string;
  readonly unit: 'messages' | 'bytes';
  readonly limit: number;

  constructor({ messageId, unit, limit }: Omit<BudgetReachedError, keyof JarvisError>) {
    super(
      `Message ${quote(messageId)} would be more than the ${String(limit)} ${unit} this bus may carry. ` +
        `Look for messages that answer one another without end, or make the bus with a larger limits.${unit}.`,
    );
    this.messageId = messageId;
    this.unit = unit;
    this.limit = limit;
  }
}

/** The handler of a receiver has as many messages waiting as it may. Wait with `whenRoom` and send again. */
export class InboxFullError extends JarvisError<'JARVIS_BUS_INBOX_FULL'> {
  readonly code = 'JARVIS_BUS_INBOX_FULL';
  readonly messageId: string;
  readonly to: string;
  readonly limit: number;

  constructor({ messageId, to, limit }: Omit<InboxFullError, keyof JarvisError>) {
    super(
      `Message ${quote(messageId)} was not sent: ${String(limit)} messages wait for the handler of ${quote(to)}. ` +
        'Await whenRoom and send it again, or raise limits.waiting.',
      { retryable: true },
    );
    this.messageId = messageId;
    this.to = to;
    this.limit = limit;
  }
}

/** A participant has a handler already; two would handle each message twice. */
export class HandlerTakenError extends JarvisError<'JARVIS_BUS_HANDLER_TAKEN'> {
  readonly code = 'JARVIS_BUS_HANDLER_TAKEN';
  readonly role: string;

  constructor({ role }: { readonly role: string }) {
    super(`${quote(role)} has a handler already. Stop it first, or use subscribe to observe.`);
    this.role = role;
  }
}
