import type { ObserverFailedError } from './errors.ts';
import type { MessageCatalog } from './message/message-catalog.ts';
import type { Message } from './message/message.ts';
import type { BusTimer } from './request/alarm.ts';
import type { BusLimits } from './run-budget.ts';
import type { Transport } from './transport/transport.ts';

/** What a bus is made of. */
export interface BusOptions<Catalog extends MessageCatalog> {
  readonly catalog: Catalog;
  /** Every message of the bus that is to be restored, in the order they were sent. Observers are not told of them. */
  readonly messages?: readonly Message[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Measures deadlines; a `Clock` of `@jarvis/core` is one. Without it the bus takes no requests. */
  readonly timer?: BusTimer;
  /** Default: one that hands every message on at once. */
  readonly transport?: Transport;
  readonly limits?: BusLimits;
  /** When what did not arrive is sent again, and how often in all before it is lost. Default: 1,000 ms, 5 times. */
  readonly resend?: { readonly afterMs: number; readonly attempts: number };
  /** Hears of observers and handlers that failed. Without it they are only counted, in {@link BusStats}. */
  readonly onObserverError?: (error: ObserverFailedError) => void;
}
