// the bus
export { createBus } from './create-bus.ts';
export { defaultLimits } from './run-budget.ts';
export type { Answer, BusPort } from './bus-port.ts';
export type { BusStats } from './bus-stats.ts';
export type { BusOptions } from './bus-options.ts';
export type { DeadLetter, DeathReason } from './dead-letters.ts';
export type { MessageHandler } from './delivery/handlers.ts';
export type { InboxFilter } from './mailbox.ts';
export type { MessageBus } from './message-bus.ts';
export type { BusTimer } from './request/alarm.ts';
export type { BusLimits } from './run-budget.ts';
export type { MessageListener } from './subscription.ts';

// transports
export { createMemoryTransport } from './transport/memory-transport.ts';
export { createRecordTransport } from './transport/record-transport.ts';
export { transportRecordSchema } from './transport/transport.ts';
export type { RecordTransportOptions } from './transport/record-transport.ts';
export type { Transport, TransportRecord } from './transport/transport.ts';

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
  MessageDraft,
  MessageKind,
  MessageOf,
  OutgoingMessage,
  ReplyKindOf,
  RequestKindOf,
  RequestRules,
  RoleOf,
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
export {
  BudgetReachedError,
  HandlerTakenError,
  InboxFullError,
  MessageTooLargeError,
} from './limit-errors.ts';
export {
  NoTimerError,
  NotARequestError,
  ReplyNotAllowedError,
  ReplyTooLateError,
  RequestFailedError,
  RequestTimedOutError,
} from './request-errors.ts';
