import { z } from 'zod';

import { deathReasonSchema } from '../dead-letters.ts';
import { messageSchema } from '../message/message.ts';
import type { Message } from '../message/message.ts';

/** What a transport keeps of a bus: each message it carried and each that was given up, in order. */
export const transportRecordSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message.carried'), message: messageSchema }),
  z.strictObject({
    type: z.literal('message.dead'),
    messageId: z.string().min(1),
    reason: deathReasonSchema,
    atMs: z.number().nonnegative(),
  }),
]);

export type TransportRecord = z.infer<typeof transportRecordSchema>;

/**
 * Brings messages from those who send to the bus that hands them out. It may lose, double and reorder them: the bus
 * delivers each once, in the order of its sender, sends again what did not arrive and gives up what never does.
 */
export interface Transport {
  /** `immediate`: what is carried has arrived when `carry` returns. `unreliable`: later, or never; needs a timer. */
  readonly delivery: 'immediate' | 'unreliable';
  /** What was carried and given up before, in order; the bus begins where that ended. Left out: nothing. */
  readonly history?: readonly TransportRecord[];
  /** Names who receives what is carried from now on; there is one receiver. Gives back how to stop. */
  connect(receive: (message: Message) => void): () => void;
  /** Takes a message on its way. When it throws, the message was not sent. */
  carry(message: Message): void;
  /** Hears of a message that was given up. */
  bury(record: Extract<TransportRecord, { readonly type: 'message.dead' }>): void;
}
