import { z } from 'zod';

/** How a run stands when `run` or `resume` gives control back. Exit codes: `docs/reference/exit-codes.md`. */
export const runStatusSchema = z.enum([
  'done',
  'partial',
  'waiting',
  'parked',
  'stopped',
  'blocked',
  'failed',
  'cancelled',
]);

export type RunStatus = z.infer<typeof runStatusSchema>;
