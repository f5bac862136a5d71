import type { Finding } from '../vocabulary/finding.ts';
import type { RunStatus } from '../vocabulary/run-outcome.ts';

/** What later runs may want to know of a run. */
export interface RunSummary {
  readonly runId: string;
  readonly task: string;
  /** `open`: it runs, or its process died. */
  readonly status: RunStatus | 'open';
  /** Why it stands where it stands, in one sentence. */
  readonly message?: string;
  /** No model did the work. */
  readonly isSimulated: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  /** What was decided, by agents or people, a sentence each. */
  readonly decisions: readonly string[];
  /** What was wrong with the work when the run last looked. */
  readonly findings: readonly Finding[];
  /** What is left to do, a sentence each. */
  readonly open: readonly string[];
  /** The files it has written. */
  readonly files: readonly string[];
  /** In US dollars, calls in doubt included. */
  readonly spentUsd: number;
}
