import type { LegacyUsage } from '../scenario/legacy-reply.ts';

/** One logical call of a model, with all its attempts. */
export interface ObservedCall {
  readonly role: string;
  readonly model: string;
  readonly temperature: number | null;
  /** The HTTP status of each attempt, or `hang`. */
  readonly attempts: readonly (number | string)[];
  /** The user message: parsed when it is JSON, otherwise the text. */
  readonly user: unknown;
  readonly usage: LegacyUsage | null;
  /** Whether it asks for an answer again, because the one before could not be used. The predecessor never did. */
  readonly isRepair: boolean;
}

/** What one role spent on one model, as far as the server stated it. */
export interface ObservedCostLine {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly nanoUsd: number;
}

export interface ObservedFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Everything of a run that is compared, the same for a recorded run and for ours. */
export interface Observation {
  /** The final status in the old words; `null` when the run ended without one. */
  readonly status: string | null;
  readonly calls: readonly ObservedCall[];
  /** Calls that ask for nothing and only look whether the server is there; all other fields are without them. */
  readonly probes: number;
  readonly requests: number;
  readonly retries: number;
  /** Requests the script had no reply for, by role. */
  readonly unscripted: Readonly<Record<string, number>>;
  /** New and changed files in the output directory, by path. */
  readonly files: Readonly<Record<string, ObservedFile>>;
  /** Subjects, the first commit first; `null` when there is no repository. */
  readonly commits: readonly string[] | null;
  readonly cost: {
    /** Rounded to six decimals. */
    readonly usd: number;
    /** By role and model: `employee gpt-4o`. */
    readonly lines: Readonly<Record<string, ObservedCostLine>>;
  };
  readonly inputs: readonly unknown[];
}
