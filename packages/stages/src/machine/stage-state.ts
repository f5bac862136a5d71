import { z } from 'zod';

/** Where inside a stage the work is. What the plan says about the stage belongs to the roadmap. */
export const stageStateSchema = z.enum([
  'idle',
  'working',
  'auditing',
  'deciding',
  'fixing',
  'awaiting_approval',
  'completed',
  'blocked',
]);

export type StageState = z.infer<typeof stageStateSchema>;
