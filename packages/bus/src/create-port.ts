import type { Answer, BusPort } from './bus-port.ts';
import type { Dispatcher } from './delivery/dispatcher.ts';
import type { MessageBus } from './message-bus.ts';
import type {
  KindOf,
  MessageCatalog,
  MessageDraft,
  MessageOf,
  ReplyKindOf,
  RoleOf,
} from './message/message-catalog.ts';
import type { Message } from './message/message.ts';

/** The parts of a bus a port works with. */
export interface PortParts<Catalog extends MessageCatalog> {
  readonly bus: Pick<MessageBus<Catalog>, 'subscribe' | 'inbox'>;
  readonly dispatcher: Dispatcher<Catalog>;
  readonly request: <Kind extends KindOf<Catalog>>(
    draft: MessageDraft<Catalog, Kind>,
  ) => Promise<MessageOf<Catalog, ReplyKindOf<Catalog, Kind>>>;
}

/** Makes the port of one participant: the name of the sender is set here, after whatever the message says. */
export function createPort<Catalog extends MessageCatalog, Role extends RoleOf<Catalog>>(
  role: Role,
  { bus, dispatcher, request }: PortParts<Catalog>,
): BusPort<Catalog, Role> {
  return {
    role,
    send: (message) => dispatcher.send({ ...message, from: role }),
    request: (message) => request({ ...message, from: role }),
    reply: <Kind extends KindOf<Catalog>>(to: Message, { kind, payload, id }: Answer<Catalog, Kind>) =>
      dispatcher.send<Kind>({
        id: id ?? `reply to ${to.id}`,
        kind,
        from: role,
        to: to.from,
        threadId: to.threadId,
        payload,
        replyTo: to.id,
      }),
    handle: (handler) => dispatcher.handlers.add(role, handler),
    whenRoom: (to) => dispatcher.handlers.whenRoom(to),
    subscribe: (listener) => bus.subscribe(role, listener),
    inbox: (filter) => bus.inbox(role, filter),
  };
}
