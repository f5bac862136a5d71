import { agentRoleSchema } from '@jarvis/core';
import type { AgentRole } from '@jarvis/core';
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
import type { KindOf, MessageCatalog, MessageKind, MessageOf, OutgoingMessage } from './message-catalog.ts';
import { envelopeSchema } from './message.ts';
import type { Message } from './message.ts';

/**
 * Turns what came from outside, such as a line of a journal, into a message of a catalogue. The message is frozen.
 *
 * @throws {@link InvalidMessageError} when the envelope is not one of a message.
 * @throws {@link UnknownKindError} when the catalogue has no such kind.
 * @throws {@link UnknownRoleError} when sender or receiver is not an agent role.
 * @throws {@link SenderNotAllowedError} when the sender may not send this kind.
 * @throws {@link ReceiverNotAllowedError} when the receiver may not receive this kind.
 * @throws {@link InvalidPayloadError} when the payload does not fit the kind.
 */
export function parseMessage<Catalog extends MessageCatalog>(
  catalog: Catalog,
  value: unknown,
): MessageOf<Catalog> {
  return checkMessage(catalog, value) as MessageOf<Catalog>;
}

/**
 * Makes a message of what a sender says. It passes the same checks as one that is read back.
 *
 * @throws the errors of {@link parseMessage}.
 */
export function createMessage<Catalog extends MessageCatalog, Kind extends KindOf<Catalog>>(
  catalog: Catalog,
  draft: OutgoingMessage<Catalog, Kind> & Pick<Message, 'sequence' | 'atMs'>,
): MessageOf<Catalog, Kind> {
  return checkMessage(catalog, draft) as MessageOf<Catalog, Kind>;
}

/**
 * Reads an agent role.
 *
 * @throws {@link UnknownRoleError} when there is no such role.
 */
export function requireRole(role: string): AgentRole {
  const parsed = agentRoleSchema.safeParse(role);
  if (!parsed.success) throw new UnknownRoleError({ role, known: agentRoleSchema.options });
  return parsed.data;
}

function checkMessage(catalog: MessageCatalog, value: unknown): Message {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) throw new InvalidMessageError({ problems: describeProblems(envelope.error) });

  const { kind } = envelope.data;
  const [from, to] = [requireRole(envelope.data.from), requireRole(envelope.data.to)];
  const rules = requireKind(catalog, kind);
  requireAllowed(rules, { kind, from, to });
  const payload = rules.schema.safeParse(envelope.data.payload);
  if (!payload.success) throw new InvalidPayloadError({ kind, problems: describeProblems(payload.error) });

  return deepFreeze({ ...envelope.data, from, to, payload: payload.data });
}

function requireKind(catalog: MessageCatalog, kind: string): MessageKind {
  // An own property only: "toString" is not a kind.
  const rules = Object.hasOwn(catalog, kind) ? catalog[kind] : undefined;
  if (rules === undefined) throw new UnknownKindError({ kind, known: Object.keys(catalog) });
  return rules;
}

interface Address {
  readonly kind: string;
  readonly from: AgentRole;
  readonly to: AgentRole;
}

function requireAllowed(rules: MessageKind, { kind, from, to }: Address): void {
  if (!rules.from.includes(from)) throw new SenderNotAllowedError({ kind, from, allowed: rules.from });
  if (!rules.to.includes(to)) throw new ReceiverNotAllowedError({ kind, to, allowed: rules.to });
}

function describeProblems({ issues }: z.ZodError): readonly string[] {
  return issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  );
}
