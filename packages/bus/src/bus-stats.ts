import type { AgentRole } from '@jarvis/core';

import type { KindOf, MessageCatalog, MessageOf } from './message/message-catalog.ts';

/** How many messages a bus has carried. */
export interface BusStats<Kind extends string = string> {
  readonly total: number;
  /** By kind; kinds that were never sent are left out. */
  readonly byKind: Readonly<Partial<Record<Kind, number>>>;
  readonly bySender: Readonly<Record<AgentRole, number>>;
  readonly byReceiver: Readonly<Record<AgentRole, number>>;
  /** How often an observer has failed since the bus was made; this is not restored. */
  readonly observerFailures: number;
}

/** Counts messages by kind and role. */
export function countMessages<Catalog extends MessageCatalog>(
  messages: Iterable<MessageOf<Catalog>>,
): Omit<BusStats<KindOf<Catalog>>, 'observerFailures'> {
  const byKind: Partial<Record<KindOf<Catalog>, number>> = {};
  const bySender = { manager: 0, supervisor: 0, employee: 0 };
  const byReceiver = { manager: 0, supervisor: 0, employee: 0 };
  let total = 0;
  for (const { kind, from, to } of messages) {
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    bySender[from] += 1;
    byReceiver[to] += 1;
    total += 1;
  }
  return { total, byKind, bySender, byReceiver };
}
