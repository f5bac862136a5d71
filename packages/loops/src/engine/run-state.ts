import type { ConfigInput, CostLedger, Finding, Gate, RecordedSteps } from '@jarvis/core';
import { createLedger } from '@jarvis/core';
import type { Roadmap } from '@jarvis/roadmap';
import type { FileEdit, StageSnapshot } from '@jarvis/stages';

import type { Audit, DecisionReply } from '../agents/audit-reply.ts';
import type { Plan, Review } from '../agents/agent-reply.ts';
import type { Split } from '../agents/split-reply.ts';
import type { Action, DeliveredFile, LeftOut, WorkPlace } from './action.ts';
import type { Ladder } from './ladders.ts';
import { LayeredMap } from './layered-map.ts';
import type { Accepted, Stop } from './run-records.ts';

/** One piece of work and what was said of it. A field is there once its action is closed. */
export interface Round extends WorkPlace {
  /** Counted over the whole run, from 1. */
  readonly number: number;
  readonly work?: {
    readonly summary: string;
    readonly files: readonly DeliveredFile[];
    /** Hash of the list of files the employee was shown. */
    readonly base: string;
    /** Why the answer cannot be carried out. */
    readonly problems?: readonly string[];
    /** Files the employee was told of by no more than path and size. */
    readonly leftOut?: LeftOut;
    /** Files it changes whose content no commit holds and the run has not written. */
    readonly uncommitted?: readonly string[];
    /** What the employee has to know. */
    readonly questions?: readonly string[];
    /** What keeps it from going on. */
    readonly blocker?: string;
  };
  /** What the manager answers, where the employee asks instead of handing something in. */
  readonly clarification?: readonly string[];
  readonly apply?:
    | {
        readonly type: 'applied';
        readonly paths: readonly string[];
        readonly deleted?: readonly string[];
        readonly edits?: readonly FileEdit[];
      }
    | { readonly type: 'refused'; readonly problems: readonly string[] };
  readonly checks?: {
    readonly findings: readonly Finding[];
    readonly contentHash: string;
    readonly ran?: readonly string[];
  };
  readonly audit?: Audit;
  /** What the manager says to the suggestions of the audit, in their order. */
  readonly decisions?: DecisionReply['answers'];
  /** Whether the stage may be left as it is. */
  readonly settlement?: { readonly isAccepted: boolean; readonly by: string; readonly reason: string };
  /** The stages that were checked again after it, and what was found in the project then. */
  readonly verified?: { readonly stages: readonly string[]; readonly findings: readonly Finding[] };
  /** Why its work or its audit could not be had; left out once it is tried again. */
  readonly failure?: { readonly reason: string; readonly message: string };
  readonly review?: Review;
  /** What the last look at everything found that must not be handed over. */
  readonly safety?: { readonly findings: readonly Finding[] };
  readonly commit?: { readonly id: string; readonly subject: string } | { readonly skipped: string };
}

/** A piece of work at one stage. */
export interface StageRound extends Round {
  readonly stage: string;
}

/** The action that is being carried out, and its steps so far. */
export interface OpenAction {
  readonly id: string;
  readonly action: Action;
  readonly steps: RecordedSteps;
}

/** A stage that was started, for the first time or once more. */
export interface StageStart {
  readonly stageId: string;
  /** The number of the last round before. */
  readonly afterRound: number;
}

/** What has happened in a run, as far as decisions depend on it. */
export interface RunState {
  readonly accepted: Accepted | undefined;
  /** What the run was accepted with, and what was amended since. */
  readonly config: ConfigInput;
  readonly ledger: CostLedger;
  /** The branch commits go to; set once the repository is ready. */
  readonly branch: string | undefined;
  readonly plan: Plan | undefined;
  /** How the supervisor divided the plan, in a mode with stages. */
  readonly split: Split | undefined;
  readonly roadmap: Roadmap | undefined;
  readonly rounds: readonly Round[];
  /** The files the run has written and not deleted again, with the hash of what it wrote last. */
  readonly ownFiles: ReadonlyMap<string, string>;
  /** The inside of the stages that were worked on, by id. */
  readonly stages: LayeredMap<StageSnapshot>;
  /** The number of the last round before each stage was completed last. */
  readonly completions: LayeredMap<number>;
  /** The ladders that were begun, by the stage that climbs; `undefined` for a stage that is past its own. */
  readonly ladders: LayeredMap<Ladder | undefined>;
  /** The stages that were started, in that order; the last one that is active is worked on. */
  readonly starts: readonly StageStart[];
  /** The stages that were put off and begun once more. */
  readonly retries: ReadonlySet<string>;
  /** The changes of the roadmap that were made or refused, by id. */
  readonly changes: LayeredMap<true>;
  readonly openAction: OpenAction | undefined;
  /** The questions to people so far, in the order they were asked. */
  readonly gates: readonly Gate[];
  /** How many actions were opened so far. */
  readonly actionCount: number;
  /** A person wants it to end where it stands. */
  readonly cancelled: { readonly reason?: string } | undefined;
  /** A person has seen what is suspicious about the task and lets the run go on. */
  readonly isTaskAllowed: boolean;
  readonly paused: Stop | undefined;
  readonly ended: Stop | undefined;
  /** The roadmap as it was before the run ended. */
  readonly roadmapBeforeEnd: Roadmap | undefined;
  /** How often a person has opened the run again after its end. */
  readonly reopenings: number;
  /** How many rounds there were when that happened last: what led to the end then does not lead to the next one. */
  readonly roundsBefore: number;
}

/** The state of a run of which nothing is recorded. */
export const initialState: RunState = {
  accepted: undefined,
  config: {},
  ledger: createLedger(undefined),
  branch: undefined,
  plan: undefined,
  split: undefined,
  roadmap: undefined,
  rounds: [],
  ownFiles: new Map(),
  stages: LayeredMap.empty(),
  completions: LayeredMap.empty(),
  ladders: LayeredMap.empty(),
  starts: [],
  retries: new Set(),
  changes: LayeredMap.empty(),
  openAction: undefined,
  gates: [],
  actionCount: 0,
  cancelled: undefined,
  isTaskAllowed: false,
  paused: undefined,
  ended: undefined,
  roadmapBeforeEnd: undefined,
  reopenings: 0,
  roundsBefore: 0,
};
