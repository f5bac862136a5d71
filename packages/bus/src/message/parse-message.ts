import type { z } from 'zod';

import {
  InvalidMessageError,
  InvalidPayloadError,
  ReceiverNotAllowedError,
  SenderNotAllowedError,
  UnknownKindError,
  UnknownRoleError,
} from '../errors.ts';
import { deepFreeze } from './deep-freeze.ts';
import type {
  KindOf,
  MessageCatalog,
  MessageDraft,
  MessageKind,
  MessageOf,
  ReplyKindOf,
} from './message-catalog.ts';
import { rolesOf } from './message-catalog.ts';
import { messageSchema } from './message.ts';
import type { Message } from './message.ts';

/**
 * Turns what came from outside, such as a line of a journal, into a message of a catalogue. The message is frozen.
 *
 * @throws {@link InvalidMessageError} when the envelope is not one of a message.
 * @throws {@link UnknownKindError} when the catalogue has no such kind.
 * @throws {@link UnknownRoleError} when the catalogue has no such sender or receiver.
 * @throws {@link SenderNotAllowedError} when the sender may not send this kind.
 * @throws {@link ReceiverNotAllowedError} when the receiver may not receive this kind.
 * @throws {@link InvalidPayloadError} when the payload does not fit the kind.
 */
export function parseMessage<Catalog extends MessageCatalog>(
  catalog: Catalog,
  value: unknown,
): MessageOf<Catalog> {
  return checkMessage(catalog, parseEnvelope(value)) as MessageOf<Catalog>;
}

/**
 * Makes a message of what a sender says. It passes the same checks as one that is read back.
 *
 * @throws the errors of {@link parseMessage}.
 */
export function createMessage<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  catalog: Catalog,
  outgoing: MessageDraft<Catalog, Kind>,
  { sequence, atMs }: Pick<Message, 'sequence' | 'atMs'>,
): MessageOf<Catalog, Kind> {
  const { id, kind, from, to, threadId, payload, replyTo } = outgoing;
  const timeoutMs = outgoing.timeoutMs ?? kindOf(catalog, kind)?.request?.timeoutMs;
  const envelope: Draft = { id, kind, from, to, threadId, sequence, atMs, payload };
  if (replyTo !== undefined) envelope.replyTo = replyTo;
  if (timeoutMs !== undefined) envelope.timeoutMs = timeoutMs;
  // What the compiler let through and is in doubt is looked at by the schema, which says what is wrong with it.
  if (!isDraft(outgoing) || !isEnvelope(envelope)) parseEnvelope({ ...outgoing, ...envelope });
  return checkMessage(catalog, envelope) as MessageOf<Catalog, Kind>;
}

/** Whether a message is one of the answers its request may have; the bus has checked who answers whom. */
export function isReply<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  catalog: Catalog,
  kind: Kind,
  reply: Message,
): reply is MessageOf<Catalog, ReplyKindOf<Catalog, Kind>> {
  return catalog[kind]?.request?.replies.includes(reply.kind) ?? false;
}

/**
 * Reads the name of a participant.
 *
 * @throws {@link UnknownRoleError} when the catalogue names nobody so.
 */
export function requireRole(roles: ReadonlySet<string>, role: string): string {
  if (!roles.has(role)) throw new UnknownRoleError({ role, known: [...roles] });
  return role;
}

/** A message that nobody has yet. It is filled in place, because every message of a run goes this way. */
type Draft = { -readonly [Key in keyof Message]: Message[Key] };

function parseEnvelope(value: unknown): Draft {
  const envelope = messageSchema.safeParse(value);
  if (!envelope.success) throw new InvalidMessageError({ problems: describeProblems(envelope.error) });
  return envelope.data;
}

const KEYS = new Set(['id', 'kind', 'from', 'to', 'threadId', 'payload', 'replyTo', 'timeoutMs']);

function isDraft(outgoing: object): boolean {
  for (const key in outgoing) if (!KEYS.has(key)) return false;
  return true;
}

/** The same as {@link messageSchema} says, without its price. */
function isEnvelope(envelope: Message): boolean {
  const { id, kind, from, to, threadId, replyTo = id } = envelope;
  const isNamed = isText(id) && isText(kind) && isText(threadId) && isText(replyTo);
  return isNamed && isText(from) && isText(to) && hasNumbers(envelope);
}

function hasNumbers({
  sequence,
  atMs,
  timeoutMs = 1,
}: Pick<Message, 'sequence' | 'atMs' | 'timeoutMs'>): boolean {
  const isTimed = Number.isSafeInteger(timeoutMs) && timeoutMs > 0;
  return Number.isSafeInteger(sequence) && Number.isFinite(atMs) && atMs >= 0 && isTimed;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}

function checkMessage(catalog: MessageCatalog, envelope: Draft): Message {
  const { kind, from, to } = envelope;
  const rules = kindOf(catalog, kind);
  if (rules === undefined) throw new UnknownKindError({ kind, known: Object.keys(catalog) });
  requireAllowed(rules, { catalog, kind, from, to });
  const payload = rules.schema.safeParse(envelope.payload);
  if (!payload.success) throw new InvalidPayloadError({ kind, problems: describeProblems(payload.error) });

  envelope.payload = deepFreeze(payload.data);
  return Object.freeze(envelope);
}

/** The rules of a kind; an own property only: "toString" is not a kind. */
export function kindOf(catalog: MessageCatalog, kind: string): MessageKind | undefined {
  return Object.hasOwn(catalog, kind) ? catalog[kind] : undefined;
}

interface Address {
  readonly catalog: MessageCatalog;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

function requireAllowed(rules: MessageKind, { catalog, kind, from, to }: Address): void {
  if (rules.from.includes(from) && rules.to.includes(to)) return;
  const roles = rolesOf(catalog);
  requireRole(roles, from);
  requireRole(roles, to);
  if (!rules.from.includes(from)) throw new SenderNotAllowedError({ kind, from, allowed: rules.from });
  throw new ReceiverNotAllowedError({ kind, to, allowed: rules.to });
}

/** Lists what a schema has found wrong, one line a field. */
export function describeProblems({ issues }: z.ZodError): readonly string[] {
  return issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  );
}
