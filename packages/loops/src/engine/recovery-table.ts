import { capFlagOf, isJarvisError, isLlmError, serializeError } from '@jarvis/core';

import { isUnusableAnswer } from '../errors.ts';
import { isCostCapReached } from './agree-on-cap.ts';
import type { Stop } from './run-records.ts';
import type { StopReason } from './stop-reason.ts';

/** What a failure means for the run. */
export interface Recovery {
  /** `pause`: the run can be resumed. `end`: it is over. */
  readonly type: 'pause' | 'end';
  readonly stop: Stop;
}

type Consequence = Pick<Recovery, 'type'> & Pick<Stop, 'status' | 'reason'>;

const BY_CODE: Readonly<Record<string, Consequence>> = {
  JARVIS_COST_CAP_REACHED: { type: 'pause', status: 'stopped', reason: 'budget' },
  JARVIS_SECRET_SCAN: { type: 'pause', status: 'blocked', reason: 'secret_scan_failed' },
  JARVIS_WORKSPACE_CONFLICT: { type: 'pause', status: 'waiting', reason: 'workspace_conflict' },
  JARVIS_WORKSPACE_WRITE_DENIED: { type: 'pause', status: 'waiting', reason: 'workspace_unwritable' },
  JARVIS_WORKSPACE_DISK: { type: 'pause', status: 'parked', reason: 'workspace_unwritable' },
  JARVIS_WORKSPACE_NO_SPACE: { type: 'pause', status: 'parked', reason: 'no_space' },
  JARVIS_GIT_CONFLICT: { type: 'pause', status: 'waiting', reason: 'git_conflict' },
  JARVIS_GIT_COMMAND: { type: 'pause', status: 'failed', reason: 'git_unusable' },
  JARVIS_GIT_UNUSABLE: { type: 'pause', status: 'waiting', reason: 'git_unusable' },
  JARVIS_GIT_HOOK_FAILED: { type: 'pause', status: 'waiting', reason: 'git_hook_failed' },
  JARVIS_GIT_LOCKED: { type: 'pause', status: 'parked', reason: 'git_locked' },
  JARVIS_COST_UNKNOWN_PRICE: { type: 'pause', status: 'failed', reason: 'unknown_price' },
  JARVIS_LLM_NOT_RECORDED: { type: 'pause', status: 'failed', reason: 'recording_unusable' },
  JARVIS_LLM_RECORDING_UNREADABLE: { type: 'pause', status: 'failed', reason: 'recording_unusable' },
  JARVIS_RUN_CRASH_LOOP: { type: 'pause', status: 'parked', reason: 'crash_loop' },
  JARVIS_RUN_CALL_IN_DOUBT: { type: 'pause', status: 'waiting', reason: 'in_doubt' },
  JARVIS_GATE_WAITING: { type: 'pause', status: 'waiting', reason: 'gate_waiting' },
  JARVIS_GATE_EXPIRED: { type: 'pause', status: 'parked', reason: 'gate_expired' },
  JARVIS_GATE_REJECTED: { type: 'end', status: 'blocked', reason: 'gate_rejected' },
  JARVIS_RUN_CANCELLED: { type: 'end', status: 'cancelled', reason: 'cancelled' },
  JARVIS_RUN_TASK_SUSPICIOUS: { type: 'pause', status: 'waiting', reason: 'suspicious_task' },
  JARVIS_RUN_INTERRUPTED: { type: 'pause', status: 'parked', reason: 'interrupted' },
  // What was said and divided stays so when the run goes on: it would end there again.
  JARVIS_BUS_BUDGET_REACHED: { type: 'end', status: 'partial', reason: 'no_progress' },
  JARVIS_ROADMAP_CHURN: { type: 'end', status: 'partial', reason: 'no_progress' },
  JARVIS_ROADMAP_LIMIT: { type: 'end', status: 'partial', reason: 'max_stages' },
};

/** These say that this process cannot or may not write to the run, or cannot trust it: nothing is recorded. */
const HANDS_OFF: readonly string[] = [
  'JARVIS_JOURNAL_BUSY',
  'JARVIS_JOURNAL_CLOSED',
  'JARVIS_JOURNAL_NO_SPACE',
  'JARVIS_JOURNAL_UNAVAILABLE',
  'JARVIS_JOURNAL_UNREADABLE',
  'JARVIS_JOURNAL_DAMAGED',
  'JARVIS_JOURNAL_CONTENT_DAMAGED',
  'JARVIS_JOURNAL_RECORD_TOO_NEW',
  'JARVIS_JOURNAL_STALE_WRITER',
  'JARVIS_REPLAY_DIVERGED',
  'JARVIS_RUN_UNKNOWN_RECORD',
];

/** What the consequence of a failure may depend on. */
export interface RecoveryContext {
  /** What the user wants when the cap is reached. */
  readonly onCap: 'stop' | 'ask';
  /** Milliseconds since 1970 UTC. */
  readonly nowMs: number;
}

/** What becomes of a run whose action failed, or `undefined` when this process has to keep its hands off it. */
export function recoverFrom(error: unknown, { onCap, nowMs }: RecoveryContext): Recovery | undefined {
  const { code, message } = serializeError(error);
  if (HANDS_OFF.includes(code)) return undefined;
  const { type, reason, ...consequence } = consequenceOf(error, code);
  const status = reason === 'budget' && onCap === 'ask' ? 'waiting' : consequence.status;
  const stop: Stop = {
    status,
    reason,
    message,
    ...(isJarvisError(error) ? { errorCode: code } : {}),
    ...(isCostCapReached(error) ? { capFlag: capFlagOf(error.scope) } : {}),
    ...(isLlmError(error) && error.retryAfterMs !== undefined
      ? { retryAtMs: nowMs + error.retryAfterMs }
      : {}),
  };
  return { type, stop };
}

function consequenceOf(error: unknown, code: string): Consequence {
  if (isLlmError(error)) {
    const isPassing = error.retryable || error.reason === 'quota_exhausted';
    return { type: 'pause', status: isPassing ? 'parked' : 'failed', reason: error.reason };
  }
  if (isUnusableAnswer(error)) return { type: 'end', status: 'failed', reason: error.reason };
  const unexpected: StopReason = 'unexpected';
  return BY_CODE[code] ?? { type: 'pause', status: 'failed', reason: unexpected };
}
