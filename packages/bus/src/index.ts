// the bus
export { createBus } from './create-bus.ts';
export type { BusStats } from './bus-stats.ts';
export type { BusOptions } from './create-bus.ts';
export type { InboxFilter } from './mailbox.ts';
export type { MessageBus } from './message-bus.ts';
export type { MessageListener } from './subscription.ts';

// messages
export { messageSchema } from './message/message.ts';
export { parseMessage } from './message/parse-message.ts';
export type { Message } from './message/message.ts';

// catalogues
export { agentCatalog } from './agent-catalog.ts';
export { defineCatalog } from './message/message-catalog.ts';
export type {
  JsonValue,
  KindOf,
  MessageCatalog,
  MessageKind,
  MessageOf,
  OutgoingMessage,
} from './message/message-catalog.ts';

// errors
export {
  BrokenHistoryError,
  InvalidMessageError,
  InvalidPayloadError,
  MessageIdTakenError,
  ObserverFailedError,
  ReceiverNotAllowedError,
  SenderNotAllowedError,
  UnknownKindError,
  UnknownReplyTargetError,
  UnknownRoleError,
} from './errors.ts';
