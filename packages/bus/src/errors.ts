import { JarvisError, nearestWord } from '@jarvis/core';

import { quote } from './quote.ts';

/** A message is of a kind that the catalogue does not have. */
export class UnknownKindError extends JarvisError<'JARVIS_BUS_UNKNOWN_KIND'> {
  readonly code = 'JARVIS_BUS_UNKNOWN_KIND';
  readonly kind: string;
  readonly known: readonly string[];
  /** The kind that was probably meant. */
  readonly nearest: string | undefined;

  constructor({ kind, known }: { readonly kind: string; readonly known: readonly string[] }) {
    const nearest = nearestWord(kind, known);
    super(`The catalogue has no kind of message ${quote(kind)}. ${suggest(nearest, known)}`);
    this.kind = kind;
    this.known = known;
    this.nearest = nearest;
  }
}

/** A sender, a receiver or the owner of an inbox is nobody the catalogue names. */
export class UnknownRoleError extends JarvisError<'JARVIS_BUS_UNKNOWN_ROLE'> {
  readonly code = 'JARVIS_BUS_UNKNOWN_ROLE';
  readonly role: string;
  readonly known: readonly string[];
  /** The role that was probably meant. */
  readonly nearest: string | undefined;

  constructor({ role, known }: { readonly role: string; readonly known: readonly string[] }) {
    const nearest = nearestWord(role, known);
    super(`There is no agent role ${quote(role)} in the catalogue. ${suggest(nearest, known)}`);
    this.role = role;
    this.known = known;
    this.nearest = nearest;
  }
}

/** A role sends a kind of message that is not its to send. */
export class SenderNotAllowedError extends JarvisError<'JARVIS_BUS_SENDER_NOT_ALLOWED'> {
  readonly code = 'JARVIS_BUS_SENDER_NOT_ALLOWED';
  readonly kind: string;
  readonly from: string;
  readonly allowed: readonly string[];

  constructor({ kind, from, allowed }: Omit<SenderNotAllowedError, keyof JarvisError>) {
    super(
      `The ${from} may not send ${quote(kind)}: only the ${allowed.join(' or the ')} may. ` +
        `Send a kind that the ${from} may send, or allow it in the catalogue.`,
    );
    this.kind = kind;
    this.from = from;
    this.allowed = allowed;
  }
}

/** A message goes to a role that its kind is not meant for. */
export class ReceiverNotAllowedError extends JarvisError<'JARVIS_BUS_RECEIVER_NOT_ALLOWED'> {
  readonly code = 'JARVIS_BUS_RECEIVER_NOT_ALLOWED';
  readonly kind: string;
  readonly to: string;
  readonly allowed: readonly string[];

  constructor({ kind, to, allowed }: Omit<ReceiverNotAllowedError, keyof JarvisError>) {
    super(
      `${quote(kind)} may not go to the ${to}: only to the ${allowed.join(' or the ')}. ` +
        `Send it there, or allow the ${to} in the catalogue.`,
    );
    this.kind = kind;
    this.to = to;
    this.allowed = allowed;
  }
}

/** A payload does not fit the kind of its message: each problem names its field. */
export class InvalidPayloadError extends JarvisError<'JARVIS_BUS_INVALID_PAYLOAD'> {
  readonly code = 'JARVIS_BUS_INVALID_PAYLOAD';
  readonly kind: string;
  readonly problems: readonly string[];

  constructor({ kind, problems }: { readonly kind: string; readonly problems: readonly string[] }) {
    super(`The payload of a ${quote(kind)} message is wrong: ${problems.join('; ')}. Correct these fields.`);
    this.kind = kind;
    this.problems = problems;
  }
}

/** The envelope of a message is wrong: each problem names its field. */
export class InvalidMessageError extends JarvisError<'JARVIS_BUS_INVALID_MESSAGE'> {
  readonly code = 'JARVIS_BUS_INVALID_MESSAGE';
  readonly problems: readonly string[];

  constructor({ problems }: { readonly problems: readonly string[] }) {
    super(`This is not a message: ${problems.join('; ')}. Correct these fields.`);
    this.problems = problems;
  }
}

/** A message answers one that its thread does not have. */
export class UnknownReplyTargetError extends JarvisError<'JARVIS_BUS_UNKNOWN_REPLY_TARGET'> {
  readonly code = 'JARVIS_BUS_UNKNOWN_REPLY_TARGET';
  readonly messageId: string;
  readonly replyTo: string;
  readonly threadId: string;

  constructor({ messageId, replyTo, threadId }: Omit<UnknownReplyTargetError, keyof JarvisError>) {
    super(
      `Message ${quote(messageId)} answers ${quote(replyTo)}, which is not in thread ${quote(threadId)}. ` +
        'Answer a message of the same thread, or leave out replyTo.',
    );
    this.messageId = messageId;
    this.replyTo = replyTo;
    this.threadId = threadId;
  }
}

/** Two different messages carry one id; the second would be lost. */
export class MessageIdTakenError extends JarvisError<'JARVIS_BUS_MESSAGE_ID_TAKEN'> {
  readonly code = 'JARVIS_BUS_MESSAGE_ID_TAKEN';
  readonly messageId: string;
  /** The fields in which the two differ. */
  readonly fields: readonly string[];

  constructor({ messageId, fields }: { readonly messageId: string; readonly fields: readonly string[] }) {
    super(
      `The id ${quote(messageId)} belongs to an earlier message with another ${fields.join(', ')}. ` +
        'Give each message an id of its own; repeat an id only to send the same message again.',
    );
    this.messageId = messageId;
    this.fields = fields;
  }
}

/** Recorded messages are not those of one bus: one is missing, out of order or there twice. */
export class BrokenHistoryError extends JarvisError<'JARVIS_BUS_BROKEN_HISTORY'> {
  readonly code = 'JARVIS_BUS_BROKEN_HISTORY';
  readonly messageId: string;
  readonly from: string;
  readonly sequence: number;
  readonly expectedSequence: number;

  constructor({ messageId, from, sequence, expectedSequence }: Omit<BrokenHistoryError, keyof JarvisError>) {
    super(
      `Message ${quote(messageId)} is number ${String(sequence)} of the ${from}, but number ` +
        `${String(expectedSequence)} comes next. Restore from all messages, each once, in the order they were sent.`,
    );
    this.messageId = messageId;
    this.from = from;
    this.sequence = sequence;
    this.expectedSequence = expectedSequence;
  }
}

/** An observer or a handler has thrown; the message was delivered all the same. What it threw is the `cause`. */
export class ObserverFailedError extends JarvisError<'JARVIS_BUS_OBSERVER_FAILED'> {
  readonly code = 'JARVIS_BUS_OBSERVER_FAILED';
  readonly messageId: string;
  readonly role: string;

  constructor({
    messageId,
    role,
    cause,
  }: Omit<ObserverFailedError, keyof JarvisError> & { readonly cause: unknown }) {
    super(
      `An observer of the ${role}'s inbox failed on message ${quote(messageId)}; the message was delivered. ` +
        'Correct the observer; the cause says what went wrong.',
      { cause },
    );
    this.messageId = messageId;
    this.role = role;
  }
}

function suggest(nearest: string | undefined, known: readonly string[]): string {
  const list = known.map(quote).join(', ');
  return nearest === undefined
    ? `Use one of: ${list}.`
    : `Did you mean ${quote(nearest)}? Known are: ${list}.`;
}
