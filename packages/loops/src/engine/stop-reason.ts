import { llmErrorReasons } from '@jarvis/core';
import { z } from 'zod';

/** Why a run stands where it stands. */
export const stopReasonSchema = z.enum([
  'approved',
  'max_rounds',
  'no_progress',
  'budget',
  'unusable_answer',
  'workspace_conflict',
  'git_conflict',
  'interrupted',
  'unexpected',
  ...llmErrorReasons,
]);

export type StopReason = z.infer<typeof stopReasonSchema>;
