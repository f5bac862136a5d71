import { z } from 'zod';

/** Why a message is dead: nobody answered in time, it was lost on the way, or its handler failed. */
export const deathReasonSchema = z.enum(['timed_out', 'lost', 'handler_failed']);

export type DeathReason = z.infer<typeof deathReasonSchema>;

/** How a message ended that led to nothing. */
export interface DeadLetter<Dead = unknown> {
  readonly message: Dead;
  readonly reason: DeathReason;
  /** When it was given up, in milliseconds since 1970 UTC. */
  readonly atMs: number;
}
