import type { OldFinding } from './old-finding.ts';

/** A stage of an old roadmap, as far as it could be read. */
export interface OldStage {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly auditCount: number;
  readonly categories: readonly string[];
  readonly planSteps: readonly number[];
  readonly regressionSource: string | null;
}

/** What was kept about the work on a stage. */
export interface OldMemory {
  readonly stageId: string;
  readonly stageName: string;
  readonly finalStatus: string;
  readonly iterations: number;
  readonly summary: string;
  readonly findings: readonly OldFinding[];
}

/** A round, as a run log has it. */
export interface OldRound {
  readonly number: number;
  readonly status: string;
}

/** The files a round wrote, as a log names them; their content is not in it. */
export interface OldWriting {
  readonly round: number;
  readonly paths: readonly string[];
}

/** A call of a model that was paid for. */
export interface OldCall {
  readonly role: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  readonly atMs: number | undefined;
}

/** Everything the old files say about one run. */
export interface OldRun {
  readonly oldId: string;
  readonly task: string | undefined;
  readonly mode: string | undefined;
  readonly finalStatus: string | undefined;
  readonly roadmapVersion: number;
  readonly mutations: number;
  readonly activeStageId: string | null;
  readonly stages: readonly OldStage[];
  readonly memories: readonly OldMemory[];
  readonly rounds: readonly OldRound[];
  /** The files it wrote, by round. */
  readonly written: readonly OldWriting[];
  readonly calls: readonly OldCall[];
  /** What each role cost, as a log sums it up; it counts where no calls are known. */
  readonly sums: readonly OldCall[];
  /** The folders it worked in, as the old files name them: whole paths of the machine it ran on, or names. */
  readonly projects: readonly string[];
  /** Milliseconds since 1970 UTC, in no order. */
  readonly moments: readonly number[];
  readonly sources: readonly string[];
  /** How many objects and lines of them tell of it. */
  readonly documents: number;
  /** What was assumed, or not understood. */
  readonly notes: readonly string[];
}

/** A run nothing is known of yet. */
export function emptyRun(oldId: string): OldRun {
  return {
    oldId,
    task: undefined,
    mode: undefined,
    finalStatus: undefined,
    roadmapVersion: 0,
    mutations: 0,
    activeStageId: null,
    stages: [],
    memories: [],
    rounds: [],
    written: [],
    calls: [],
    sums: [],
    projects: [],
    moments: [],
    sources: [],
    documents: 0,
    notes: [],
  };
}
