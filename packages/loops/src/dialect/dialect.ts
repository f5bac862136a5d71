import type {
  AgentRole,
  Finding,
  PriceTable,
  PromptTemplate,
  ReplyFormat,
  ReplyParser,
  RetryPolicy,
  RoutingRule,
  SimulatedModel,
  TaskKind,
  WorkspaceFile,
} from '@jarvis/core';
import type { z } from 'zod';

import type { LeftOutFiles } from '../actions/show-files.ts';
import type { Plan, Review, Work } from '../agents/agent-reply.ts';
import type { Round } from '../engine/run-state.ts';

export type { Purpose } from '@jarvis/core';

/** What the manager is told when it plans. */
export interface PlanBrief {
  readonly task: string;
}

/** What the employee is told when it works. */
export interface WorkBrief {
  readonly task: string;
  readonly plan: Plan;
  /** 1 for the first round. */
  readonly round: number;
  /** The project's text files as they are now, as far as they fit. */
  readonly files: readonly WorkspaceFile[];
  /** What did not fit; left out when everything did. */
  readonly leftOut?: LeftOutFiles;
  /** What has to be different from the round before; empty in the first round. */
  readonly feedback: readonly string[];
  /** The round before; left out in the first round. */
  readonly previous?: Round;
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
  /** What a task leads to that looks like an attempt to steer the model, unless the configuration says. */
  readonly onSuspiciousTask: 'ignore' | 'warn' | 'ask';
}

/** A round as its commit message tells it. */
export interface RoundSummary {
  readonly round: number;
  readonly review: Review;
  readonly findings: readonly Finding[];
  readonly summary: string;
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
  /** What is added to the prompts for work and review, by the field the task is from. Default: nothing. */
  readonly domains?: Readonly<Record<Exclude<TaskKind, 'other'>, PromptTemplate>>;
  /** Which model is asked when; the last rule applies always. Rules of the user are asked before these. */
  readonly routing: readonly RoutingRule[];
  /** What the employee is told about the round before. */
  readonly feedbackOn: (round: Round) => readonly string[];
  /** About how many tokens the project's files may take in a question. Default: as many as they do. */
  readonly fileTokens?: number;
  /** The dialect's own checks, instead of the context's. */
  readonly inspect?: (files: readonly WorkspaceFile[]) => readonly Finding[];
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
