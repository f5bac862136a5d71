import type { RunStatus } from '@jarvis/core';

/** What `jarvis` answers the shell with. Documented in docs/reference/exit-codes.md; a test compares the two. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  waiting: 3,
  budget: 4,
  partial: 5,
  blocked: 6,
  conflict: 7,
  damaged: 8,
  parked: 9,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const BY_STATUS: Readonly<Record<RunStatus, ExitCode>> = {
  done: exitCodes.done,
  partial: exitCodes.partial,
  waiting: exitCodes.waiting,
  parked: exitCodes.parked,
  stopped: exitCodes.budget,
  blocked: exitCodes.blocked,
  failed: exitCodes.failed,
  cancelled: exitCodes.failed,
};

const BY_CODE: Readonly<Record<string, ExitCode>> = {
  JARVIS_CLI_USAGE: exitCodes.usage,
  JARVIS_CONFIG_INVALID: exitCodes.usage,
  JARVIS_TASK_INVALID: exitCodes.usage,
  JARVIS_WORDS_UNSAFE: exitCodes.usage,
  JARVIS_PROMPT_REFUSED: exitCodes.usage,
  JARVIS_MODE_UNAVAILABLE: exitCodes.usage,
  JARVIS_COST_UNKNOWN_PRICE: exitCodes.usage,
  JARVIS_RUN_NOT_FOUND: exitCodes.usage,
  JARVIS_SNAPSHOT_NOT_FOUND: exitCodes.usage,
  JARVIS_WORKSPACE_UNUSABLE: exitCodes.usage,
  JARVIS_GIT_UNUSABLE: exitCodes.usage,
  JARVIS_GIT_UNCOMMITTED: exitCodes.usage,
  JARVIS_DIALECT_UNKNOWN: exitCodes.usage,
  JARVIS_ADAPTER_MISSING: exitCodes.usage,
  JARVIS_LLM_CONNECTION_REFUSED: exitCodes.usage,
  JARVIS_LLM_UNAUTHORIZED: exitCodes.usage,
  JARVIS_LLM_RECORDING_UNREADABLE: exitCodes.usage,
  JARVIS_STATE_DIRECTORY_REFUSED: exitCodes.usage,
  JARVIS_RUN_ROADMAP_FIXED: exitCodes.usage,
  JARVIS_RUN_SERVER_MISMATCH: exitCodes.usage,
  JARVIS_SIMULATION_UNAVAILABLE: exitCodes.usage,
  JARVIS_LEGACY_APPROVAL: exitCodes.usage,
  JARVIS_LEGACY_CALL: exitCodes.usage,
  JARVIS_LEGACY_CONFIG: exitCodes.usage,
  JARVIS_LEGACY_PROVIDER: exitCodes.usage,
  JARVIS_LEGACY_SNAPSHOT_NOT_FOUND: exitCodes.usage,
  JARVIS_LEGACY_SNAPSHOT_STORE: exitCodes.usage,
  JARVIS_LEGACY_TREE: exitCodes.usage,
  JARVIS_JOURNAL_UNAVAILABLE: exitCodes.usage,
  JARVIS_SQLITE_TOO_OLD: exitCodes.usage,
  JARVIS_ROADMAP_INVALID: exitCodes.usage,
  JARVIS_ROADMAP_INVALID_CHANGE: exitCodes.usage,
  JARVIS_ROADMAP_INVALID_DIVISION: exitCodes.usage,
  JARVIS_ROADMAP_INVALID_MERGE: exitCodes.usage,
  JARVIS_ROADMAP_INVALID_MUTATION: exitCodes.usage,
  JARVIS_ROADMAP_INVALID_ORDER: exitCodes.usage,
  JARVIS_ROADMAP_LIMIT: exitCodes.usage,
  JARVIS_ROADMAP_CHURN: exitCodes.usage,
  JARVIS_ROADMAP_SKIPPED_DEPENDENCY: exitCodes.usage,
  JARVIS_ROADMAP_STAGE_NEEDED: exitCodes.usage,
  JARVIS_ROADMAP_UNKNOWN_STAGE: exitCodes.usage,
  JARVIS_ROADMAP_UNKNOWN_VERSION: exitCodes.usage,
  JARVIS_ROADMAP_UNMET_DEPENDENCY: exitCodes.usage,
  JARVIS_LEGACY_APPROVAL_REQUIRED: exitCodes.waiting,
  JARVIS_BUS_BUDGET_REACHED: exitCodes.partial,
  JARVIS_LEASE_HELD: exitCodes.conflict,
  JARVIS_ROADMAP_CLOSED: exitCodes.conflict,
  JARVIS_ROADMAP_VERSION_CONFLICT: exitCodes.conflict,
  JARVIS_GATE_DECISION: exitCodes.conflict,
  JARVIS_RUN_OVER: exitCodes.conflict,
  JARVIS_JOURNAL_STALE_WRITER: exitCodes.conflict,
  JARVIS_LEGACY_TREE_DIRTY: exitCodes.conflict,
  JARVIS_JOURNAL_DAMAGED: exitCodes.damaged,
  JARVIS_JOURNAL_CONTENT_DAMAGED: exitCodes.damaged,
  JARVIS_JOURNAL_TOO_NEW: exitCodes.damaged,
  JARVIS_JOURNAL_RECORD_TOO_NEW: exitCodes.damaged,
  JARVIS_JOURNAL_UNREADABLE: exitCodes.damaged,
  JARVIS_LEGACY_SNAPSHOT_DAMAGED: exitCodes.damaged,
  JARVIS_REPLAY_DIVERGED: exitCodes.damaged,
  JARVIS_RUN_INVALID_RECORD: exitCodes.damaged,
  JARVIS_RUN_UNKNOWN_RECORD: exitCodes.damaged,
  JARVIS_JOURNAL_BUSY: exitCodes.parked,
  JARVIS_JOURNAL_NO_SPACE: exitCodes.parked,
  JARVIS_GIT_HOOK_FAILED: exitCodes.waiting,
  JARVIS_GIT_LOCKED: exitCodes.parked,
};

/** The exit code of a run that ended or stands still. */
export function exitCodeOfStatus(status: RunStatus): ExitCode {
  return BY_STATUS[status];
}

/** The exit code of an error that was thrown, by its code; `failed` for anything unforeseen. */
export function exitCodeOfError(code: string): ExitCode {
  return BY_CODE[code] ?? exitCodes.failed;
}
