import { llmErrorReasons } from '@jarvis/core';
import { z } from 'zod';

import { answerProblems } from '../errors.ts';

/** Why a run stands where it stands. */
export const stopReasonSchema = z.enum([
  'approved',
  'max_rounds',
  'max_stages',
  'unsafe',
  'completed',
  'stages_blocked',
  'nothing_left',
  'no_progress',
  'budget',
  ...answerProblems,
  'secret_scan_failed',
  'workspace_conflict',
  'workspace_unwritable',
  'no_space',
  'git_conflict',
  'git_hook_failed',
  'git_locked',
  'git_unusable',
  'unknown_price',
  'recording_unusable',
  'interrupted',
  'cancelled',
  'gate_waiting',
  'gate_expired',
  'gate_rejected',
  'crash_loop',
  'in_doubt',
  'suspicious_task',
  'unexpected',
  ...llmErrorReasons,
]);

export type StopReason = z.infer<typeof stopReasonSchema>;
