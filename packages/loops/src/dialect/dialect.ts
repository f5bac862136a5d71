import type {
  AgentRole,
  Finding,
  PageSummary,
  PriceTable,
  PromptTemplate,
  ReplyFormat,
  ReplyParser,
  RetryPolicy,
  RoutingRule,
  ScreeningFinding,
  SimulatedModel,
  StageBrief as PlannedStage,
  TaskKind,
  WorkspaceFile,
} from '@jarvis/core';
import type { StageStatus } from '@jarvis/roadmap';
import type { z } from 'zod';

import type { LeftOutFiles } from '../actions/show-files.ts';
import type { ClarifyReply, Plan, Review, Work } from '../agents/agent-reply.ts';
import type { RelevantContext } from '../engine/relevant-context.ts';
import type { AuditReply, DecisionReply } from '../agents/audit-reply.ts';
import type { SplitReply, StageDraft } from '../agents/split-reply.ts';
import type { Round } from '../engine/run-state.ts';

export type { Purpose } from '@jarvis/core';

/** What the manager is told when it plans. */
export interface PlanBrief {
  readonly task: string;
  /** What earlier runs on the project decided, found and left open; left out when there is nothing. */
  readonly earlierRuns?: RelevantContext['entries'];
}

/** What the supervisor is told when it divides the plan into stages. */
export interface SplitBrief {
  readonly task: string;
  readonly plan: Plan;
}

/** What agents are told of the stage their work is about. */
export interface StageBrief extends PlannedStage {
  /** As the supervisor divided it off; left out for a stage that was made later. */
  readonly draft?: StageDraft;
}

/** What the employee is told when it works. */
export interface WorkBrief {
  readonly task: string;
  readonly plan: Plan;
  /** Which try it is: at the stage, at all stages or at the task. 1 for the first. */
  readonly round: number;
  /** What of the plan it is about; left out in a mode without stages. */
  readonly stage?: StageBrief;
  /** The project's text files as they are now, as far as they fit. */
  readonly files: readonly WorkspaceFile[];
  /** What did not fit; left out when everything did. */
  readonly leftOut?: LeftOutFiles;
  /** What has to be different from the round before; empty in the first round. */
  readonly feedback: readonly string[];
  /** What is known of other stages that matters for this one, a line each; left out when there is nothing. */
  readonly notes?: string;
  /** The round before; left out in the first round. */
  readonly previous?: Round;
}

/** A stage of the roadmap as agents are told of it. */
export interface ShownStage {
  readonly id: string;
  readonly name: string;
  readonly status: StageStatus;
}

/** What agents are told of the roadmap. */
export interface ShownRoadmap {
  /** In its order: all stages, or those the work at hand has most to do with. */
  readonly roadmap: readonly ShownStage[];
  /** How many other stages there are, by status; left out when all are shown. */
  readonly moreStages?: Readonly<Partial<Record<StageStatus, number>>>;
}

/** What the supervisor is told when it audits the work on a stage. */
export interface AuditBrief
  extends Pick<WorkBrief, 'task' | 'plan' | 'round' | 'files' | 'leftOut'>, ShownRoadmap {
  readonly stage: StageBrief;
  /** What finished stages had to achieve, which has to stay true; left out when there is nothing. */
  readonly earlier?: readonly string[];
  readonly summary: string;
  /** What the checks found. */
  readonly checks: readonly Finding[];
  /** What was found before and is not settled, by fingerprint. */
  readonly open: readonly { readonly id: string; readonly finding: Finding }[];
}

/** What the manager is told when it decides. */
export interface DecisionBrief extends ShownRoadmap {
  readonly task: string;
  readonly plan: Plan;
  /** What is to be decided, each in words. */
  readonly questions: readonly { readonly question: string; readonly reason: string }[];
}

/** What the manager is told when it answers the employee. */
export interface ClarifyBrief extends Pick<DecisionBrief, 'task' | 'plan'>, ShownRoadmap {
  /** What the employee was to work on. */
  readonly stage?: StageBrief;
  /** The employee's own words. */
  readonly summary: string;
  /** Its questions, and last what keeps it from going on. */
  readonly asked: readonly string[];
}

/** A page of the project, and what is on it. */
export interface ShownPage {
  readonly path: string;
  readonly page: PageSummary;
}

/** What the manager is told when it reviews. */
export interface ReviewBrief {
  readonly task: string;
  readonly plan: Plan;
  readonly round: number;
  /** The project's text files as they are now, as far as they fit. */
  readonly files: readonly WorkspaceFile[];
  /** What did not fit; left out when everything did. */
  readonly leftOut?: LeftOutFiles;
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** How the plan was divided; left out in a mode without stages. */
  readonly stages?: readonly StageDraft[];
  /** What is on the pages the run has written; left out where nobody can tell. */
  readonly pages?: readonly ShownPage[];
}

/** The limits of an answer, in tokens. */
export interface OutputTokens {
  readonly wanted: number;
  /** Below this an answer is of no use. */
  readonly minimum: number;
}

/** How one kind of question is put and its answer read. */
export interface Question<Brief, Reply> {
  readonly role: AgentRole;
  readonly prompt: PromptTemplate;
  /** The user message. */
  readonly render: (brief: Brief) => string;
  readonly replyFormat: ReplyFormat;
  /** From the parsed JSON of the answer to the reply; its messages are shown to the model that has to repair it. */
  readonly reply: z.ZodType<Reply>;
  readonly outputTokens: OutputTokens;
}

/** What counts as finished, and what is tolerated. */
export interface DialectPolicies {
  /** Whether an error a check found keeps work from being approved, whatever the reviewer says. */
  readonly errorsPreventApproval: boolean;
  /** Whether rounds that change nothing end the run. */
  readonly stopsWithoutProgress: boolean;
  /** Whether a round goes on to checks and review when the employee's files were refused. */
  readonly reviewsRefusedWork: boolean;
  /** Whether a round is committed although its files were there already, so that each round has its commit. */
  readonly commitsUnchangedWork: boolean;
  /** What becomes of a stage that still has errors after its last audit: other means are tried, or it is accepted. */
  readonly onAuditLimit: 'ladder' | 'accept';
  /** What follows when all stages are finished: a review whose objections become a stage, one that begins all stages again, none. */
  readonly finalReview: 'corrections' | 'again' | 'none';
  /** What a task leads to that looks like an attempt to steer the model, unless the configuration says. */
  readonly onSuspiciousTask: 'ignore' | 'warn' | 'ask';
}

/** A round as its commit message tells it. */
export interface RoundSummary {
  /** Which try it is: at the stage, at all stages or at the task. */
  readonly round: number;
  /** The name of the stage it was done for. */
  readonly stage?: string;
  readonly review: Review;
  readonly findings: readonly Finding[];
  readonly summary: string;
  /** What the last look at everything found; left out when there was none. */
  readonly safety?: readonly Finding[];
}

/**
 * How agents are spoken to. The modes decide *what* happens; a dialect says how it is put into words, read back,
 * checked, routed, retried and paid for.
 */
export interface Dialect {
  /** `name@version`, pinned when a run is accepted. */
  readonly id: string;
  readonly plan: Question<PlanBrief, Plan>;
  readonly work: Question<WorkBrief, Work>;
  readonly review: Question<ReviewBrief, Review>;
  /** Without it the dialect speaks in no mode with stages. */
  readonly split?: Question<SplitBrief, SplitReply>;
  /** Makes stages that can be worked on of any division. Default: one that cannot be worked on is sent back. */
  readonly arrangeStages?: (division: SplitReply, plan: Plan) => SplitReply;
  /** Without it stages are not audited: each is finished with its first work. */
  readonly audit?: Question<AuditBrief, AuditReply>;
  /** Without it nothing is put to the manager: suggestions are passed over, and a stage nobody can finish is blocked. */
  readonly decide?: Question<DecisionBrief, DecisionReply>;
  /** Without it nobody answers the employee while stages are worked on: its questions go along with what it hands in. */
  readonly clarify?: Question<ClarifyBrief, ClarifyReply>;
  /** What is added to the prompts for work and review, by the field the task is from. Default: nothing. */
  readonly domains?: Readonly<Record<Exclude<TaskKind, 'other'>, PromptTemplate>>;
  /** Which model is asked when; the last rule applies always. Rules of the user are asked before these. */
  readonly routing: readonly RoutingRule[];
  /** What the employee is told about the round before. */
  readonly feedbackOn: (round: Round) => readonly string[];
  /** What the employee is told about a finding that is not settled. */
  readonly describeFinding: (finding: Finding) => string;
  /** About how many tokens the project's files may take in a question. Default: as many as they do. */
  readonly fileTokens?: number;
  /** The dialect's own look at a task, instead of the built-in one. */
  readonly screenTask?: (task: string) => readonly ScreeningFinding[];
  /** The dialect's own checks, instead of the context's. */
  readonly inspect?: (files: readonly WorkspaceFile[]) => readonly Finding[];
  /** The dialect's own last look at everything, instead of the context's checks. */
  readonly inspectSafety?: (files: readonly WorkspaceFile[]) => readonly Finding[];
  /** Reads answers, instead of the context's parser. */
  readonly replyParser?: ReplyParser;
  readonly retry: RetryPolicy;
  /** The prices that are charged, instead of the built-in table. */
  readonly prices?: PriceTable;
  readonly policies: DialectPolicies;
  /** Answers without a model. A dialect without it cannot be simulated. */
  readonly simulate?: SimulatedModel;
  readonly renderCommitSubject: (round: RoundSummary) => string;
}
