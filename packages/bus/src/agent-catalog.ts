import { z } from 'zod';

import { defineCatalog } from './message/message-catalog.ts';

const ANYONE = ['manager', 'supervisor', 'employee'] as const;

const round = z.int().positive();
const lines = z.array(z.string()).readonly();

/** What the agents of this project say to one another. Give it to {@link createBus}. */
export const agentCatalog = defineCatalog({
  /** Do this round of work; the feedback says what has to change since the round before. */
  'work.assigned': {
    schema: z.strictObject({ round, feedback: lines }),
    from: ['manager'],
    to: ['employee'],
  },
  /** This is what was done, and the paths of the files it touched. */
  'work.delivered': {
    schema: z.strictObject({ round, summary: z.string(), files: lines }),
    from: ['employee'],
    to: ['manager'],
  },
  /** The work of this round is good, or this is what is wrong with it. */
  'review.given': {
    schema: z.strictObject({ round, approved: z.boolean(), feedback: lines }),
    from: ['manager'],
    to: ['employee'],
  },
  /** Something worth knowing that asks for nothing. */
  notice: {
    schema: z.strictObject({ text: z.string().min(1) }),
    from: ANYONE,
    to: ANYONE,
  },
});
