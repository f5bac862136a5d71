import { JarvisError } from '@jarvis/core';

import type { DeathReason } from './dead-letters.ts';
import { quote } from './quote.ts';

/** A message answers one that has been answered already, or that is a dead letter. */
export class ReplyTooLateError extends JarvisError<'JARVIS_BUS_REPLY_TOO_LATE'> {
  readonly code = 'JARVIS_BUS_REPLY_TOO_LATE';
  readonly messageId: string;
  readonly replyTo: string;
  /** How the message that is answered has ended. */
  readonly ended: 'answered' | DeathReason;

  constructor({ messageId, replyTo, ended }: Omit<ReplyTooLateError, keyof JarvisError>) {
    super(
      `Message ${quote(messageId)} answers ${quote(replyTo)}, which has ended already (${ended}). ` +
        'Answer each message once and in time; send what is left to say without replyTo.',
    );
    this.messageId = messageId;
    this.replyTo = replyTo;
    this.ended = ended;
  }
}

/** A request is answered by somebody else than its receiver, to somebody else than its sender, or with another kind. */
export class ReplyNotAllowedError extends JarvisError<'JARVIS_BUS_REPLY_NOT_ALLOWED'> {
  readonly code = 'JARVIS_BUS_REPLY_NOT_ALLOWED';
  readonly messageId: string;
  readonly replyTo: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;

  constructor(
    facts: Omit<ReplyNotAllowedError, keyof JarvisError> & {
      readonly expected: { readonly kinds: readonly string[]; readonly from: string; readonly to: string };
    },
  ) {
    const { messageId, replyTo, kind, from, to, expected } = facts;
    super(
      `Message ${quote(messageId)} (${quote(kind)} from ${quote(from)} to ${quote(to)}) cannot answer request ` +
        `${quote(replyTo)}. Answer it with ${expected.kinds.map(quote).join(' or ')}, ` +
        `from ${quote(expected.from)} to ${quote(expected.to)}.`,
    );
    this.messageId = messageId;
    this.replyTo = replyTo;
    this.kind = kind;
    this.from = from;
    this.to = to;
  }
}

/** A request was not answered within its time; it is among the dead letters. */
export class RequestTimedOutError extends JarvisError<'JARVIS_BUS_REQUEST_TIMED_OUT'> {
  readonly code = 'JARVIS_BUS_REQUEST_TIMED_OUT';
  readonly messageId: string;
  readonly kind: string;
  readonly to: string;
  readonly timeoutMs: number;

  constructor({ messageId, kind, to, timeoutMs }: Omit<RequestTimedOutError, keyof JarvisError>) {
    super(
      `Request ${quote(messageId)} (${quote(kind)}) was not answered by ${quote(to)} within ` +
        `${String(timeoutMs)} ms. Ask again under another id, or allow more time with timeoutMs.`,
      { retryable: true },
    );
    this.messageId = messageId;
    this.kind = kind;
    this.to = to;
    this.timeoutMs = timeoutMs;
  }
}

/** A request became a dead letter before its time was over. */
export class RequestFailedError extends JarvisError<'JARVIS_BUS_REQUEST_FAILED'> {
  readonly code = 'JARVIS_BUS_REQUEST_FAILED';
  readonly messageId: string;
  readonly to: string;
  readonly reason: DeathReason;

  constructor({ messageId, to, reason }: Omit<RequestFailedError, keyof JarvisError>) {
    super(
      `Request ${quote(messageId)} to ${quote(to)} became a dead letter (${reason}). ` +
        'Look at deadLetters() and at what onObserverError was told, then ask again under another id.',
    );
    this.messageId = messageId;
    this.to = to;
    this.reason = reason;
  }
}

/** A message is asked after that is not a request of this bus. */
export class NotARequestError extends JarvisError<'JARVIS_BUS_NOT_A_REQUEST'> {
  readonly code = 'JARVIS_BUS_NOT_A_REQUEST';
  readonly kind: string;

  constructor({ kind }: { readonly kind: string }) {
    super(
      `Kind ${quote(kind)} is not a request, so nothing answers it. ` +
        'Use send, or declare its answers as request in the catalogue.',
    );
    this.kind = kind;
  }
}

/** A bus without a timer cannot keep deadlines, so it takes no requests and no transport that may lose messages. */
export class NoTimerError extends JarvisError<'JARVIS_BUS_NO_TIMER'> {
  readonly code = 'JARVIS_BUS_NO_TIMER';
  /** What needs the timer: the kind of a request, or `transport`. */
  readonly needs: string;

  constructor({ needs }: { readonly needs: string }) {
    super(
      `Nothing measures time for ${quote(needs)}, so it might be waited for without end. ` +
        'Give createBus a timer; a Clock of @jarvis/core is one.',
    );
    this.needs = needs;
  }
}
