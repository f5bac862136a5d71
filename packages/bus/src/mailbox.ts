import type { KindOf, MessageCatalog, MessageOf } from './message/message-catalog.ts';

/** Which messages of an inbox are wanted: those that agree with every field that is given. */
export interface InboxFilter<Kind extends string = string> {
  readonly kind?: Kind;
  readonly from?: string;
  readonly threadId?: string;
}

/** The messages of one receiver, in the order they were delivered. */
export class Mailbox<Catalog extends MessageCatalog> {
  readonly #messages: MessageOf<Catalog>[] = [];

  add(message: MessageOf<Catalog>): void {
    this.#messages.push(message);
  }

  list<Kind extends KindOf<Catalog>>(filter: InboxFilter<Kind>): readonly MessageOf<Catalog, Kind>[] {
    return this.#messages.filter((message): message is MessageOf<Catalog, Kind> => isWanted(message, filter));
  }
}

function isWanted(
  message: { readonly kind: string; readonly from: string; readonly threadId: string },
  { kind, from, threadId }: InboxFilter,
): boolean {
  return (
    (kind === undefined || message.kind === kind) &&
    (from === undefined || message.from === from) &&
    (threadId === undefined || message.threadId === threadId)
  );
}
