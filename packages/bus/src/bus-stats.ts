import type { KindOf, MessageCatalog, MessageOf, RoleOf } from './message/message-catalog.ts';

/** How many messages a bus has carried, and what became of them. */
export interface BusStats<Kind extends string = string, Role extends string = string> {
  readonly total: number;
  /** By kind; kinds that were never sent are left out. */
  readonly byKind: Readonly<Partial<Record<Kind, number>>>;
  /** By sender; who never sent is left out. */
  readonly bySender: Readonly<Partial<Record<Role, number>>>;
  /** By receiver; who never received is left out. */
  readonly byReceiver: Readonly<Partial<Record<Role, number>>>;
  /** Bytes of all payloads, about. */
  readonly bytes: number;
  /** Requests that have not ended. */
  readonly pending: number;
  readonly deadLetters: number;
  /** How often an observer or a handler has failed since the bus was made; this is not restored. */
  readonly observerFailures: number;
}

type Counts = 'total' | 'byKind' | 'bySender' | 'byReceiver';

/** Counts messages by kind and role. */
export function countMessages<Catalog extends MessageCatalog>(
  messages: Iterable<MessageOf<Catalog>>,
): Pick<BusStats<KindOf<Catalog>, RoleOf<Catalog>>, Counts> {
  const byKind: Partial<Record<KindOf<Catalog>, number>> = {};
  const bySender: Partial<Record<RoleOf<Catalog>, number>> = {};
  const byReceiver: Partial<Record<RoleOf<Catalog>, number>> = {};
  let total = 0;
  for (const { kind, from, to } of messages) {
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    bySender[from] = (bySender[from] ?? 0) + 1;
    byReceiver[to] = (byReceiver[to] ?? 0) + 1;
    total += 1;
  }
  return { total, byKind, bySender, byReceiver };
}
