import type { Message } from '../message/message.ts';
import type { Transport } from './transport.ts';

/** Hands every message on at once. What a bus uses that is given no other transport. */
export function createMemoryTransport(): Transport {
  let receiver: ((message: Message) => void) | undefined;
  return {
    delivery: 'immediate',
    connect: (receive) => {
      receiver = receive;
      return () => {
        if (receiver === receive) receiver = undefined;
      };
    },
    carry: (message) => receiver?.(message),
    bury: () => undefined,
  };
}
