import { createMemoryTransport } from './memory-transport.ts';
import type { Transport, TransportRecord } from './transport.ts';

/** Where a {@link createRecordTransport} begins, and where its records go. */
export interface RecordTransportOptions {
  /** What was written before, in order. Default: nothing. */
  readonly records?: readonly TransportRecord[];
  /** Writes a record down, before its message is delivered. When it throws, the message was not sent. */
  readonly write: (record: TransportRecord) => void;
}

/** Carries messages in memory and gives each out as a record first; the same records make the same bus again. */
export function createRecordTransport({ records = [], write }: RecordTransportOptions): Transport {
  const memory = createMemoryTransport();
  return {
    delivery: memory.delivery,
    history: records,
    connect: (receive) => memory.connect(receive),
    carry: (message) => {
      write({ type: 'message.carried', message });
      memory.carry(message);
    },
    bury: write,
  };
}
