import { type Finding, quoteUntrusted } from '@jarvis/core';
import type { RoadmapMutation } from '@jarvis/roadmap';
import { z } from 'zod';

import { type ClarifyReply, clarifyReplySchema } from '../agents/agent-reply.ts';
import {
  type AuditReply,
  decisionReplySchema,
  type DecisionReply,
  type Suggestion,
} from '../agents/audit-reply.ts';
import { type SplitReply, stageCategories, toStageId } from '../agents/split-reply.ts';
import { managerClarifyPrompt, managerDecidePrompt } from '../prompts/manager.ts';
import { supervisorAuditPrompt, supervisorSplitPrompt } from '../prompts/supervisor.ts';
import type { AuditBrief, ClarifyBrief, DecisionBrief, Question, SplitBrief } from './dialect.ts';
import { showPlan, showProject, showStage, showStages } from './modern-briefs.ts';

const line = z.string().trim().min(1);
const lines = z.array(line).max(100);
/** The number of a step or stage as models count them, from 1. */
const place = z
  .int()
  .min(1)
  .transform((number) => number - 1);

const splitReplySchema: z.ZodType<SplitReply> = z
  .object({
    stages: z
      .array(
        z.object({
          name: line.max(100),
          goal: line,
          categories: z.array(z.enum(stageCategories)).min(1),
          planSteps: z.array(place),
          requirements: lines,
          after: z.array(place).default([]),
        }),
      )
      .min(1)
      .max(100),
  })
  .transform(({ stages }) => ({
    stages: stages.map(({ after: _after, ...stage }) => stage),
    after: stages.map(({ after }) => after),
  }));

/** How the supervisor is asked to divide a plan. */
export const splitQuestion: Question<SplitBrief, SplitReply> = {
  role: 'supervisor',
  prompt: supervisorSplitPrompt,
  render: ({ task, plan }) => quoteUntrusted({ task, plan: showPlan(plan) }),
  replyFormat: { type: 'json' },
  reply: splitReplySchema,
  outputTokens: { wanted: 4_000, minimum: 500 },
};

const findingReplySchema = z
  .object({
    severity: z.enum(['error', 'warning', 'note']),
    category: line.optional(),
    file: line.optional(),
    quote: z.string().optional(),
    requirement: line.optional(),
    description: line,
  })
  .transform(({ category, file, quote, requirement, ...finding }): Finding => ({
    ...finding,
    source: 'supervisor',
    ...(category === undefined ? {} : { rule: category }),
    ...(file === undefined ? {} : { file }),
    ...(quote === undefined ? {} : { quote }),
    ...(requirement === undefined ? {} : { requirement }),
  }));

const suggestionReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), name: line, goal: line, requirements: lines.default([]), reason: line }),
  z.object({ type: z.literal('skip'), stage: line, reason: line }),
]);

const auditReplySchema: z.ZodType<AuditReply> = z
  .object({
    open: z.array(z.object({ id: line, answer: z.enum(['gone', 'still_there']) })).default([]),
    findings: z.array(findingReplySchema).max(100),
    suggestions: z.array(suggestionReplySchema).max(5).default([]),
  })
  .transform(({ open, findings, suggestions }) => ({
    findings,
    gone: open.filter(({ answer }) => answer === 'gone').map(({ id }) => id),
    suggestions: suggestions.map(toSuggestion),
  }));

function toSuggestion({ reason, ...wanted }: z.infer<typeof suggestionReplySchema>): Suggestion {
  const mutation: RoadmapMutation =
    wanted.type === 'skip'
      ? { type: 'skip', stageId: wanted.stage, reason }
      : {
          type: 'add',
          stage: {
            id: toStageId(wanted.name),
            brief: {
              name: wanted.name,
              goal: wanted.goal,
              planSteps: [],
              requirements: [...wanted.requirements],
            },
          },
        };
  return { mutation, reason };
}

/** How the supervisor is asked to audit a stage. */
export const auditQuestion: Question<AuditBrief, AuditReply> = {
  role: 'supervisor',
  prompt: supervisorAuditPrompt,
  render: ({ task, plan, stage, earlier, round, files, leftOut, summary, checks, open, ...rest }) =>
    quoteUntrusted({
      task,
      plan: showPlan(plan),
      stage: showStage(stage),
      earlier,
      round,
      summary,
      ...showProject({ files, leftOut }),
      checks,
      open: open.map(({ id, finding: { source: _source, ...finding } }) => ({ id, ...finding })),
      ...showStages(rest),
    }),
  replyFormat: { type: 'json' },
  reply: auditReplySchema,
  outputTokens: { wanted: 4_000, minimum: 500 },
};

/** How the manager is asked to decide. */
export const decideQuestion: Question<DecisionBrief, DecisionReply> = {
  role: 'manager',
  prompt: managerDecidePrompt,
  render: ({ task, plan, questions, ...rest }) =>
    quoteUntrusted({ task, plan: showPlan(plan), ...showStages(rest), questions }),
  replyFormat: { type: 'json' },
  reply: decisionReplySchema,
  outputTokens: { wanted: 2_000, minimum: 300 },
};

/** How the manager is asked what the employee has to know. */
export const clarifyQuestion: Question<ClarifyBrief, ClarifyReply> = {
  role: 'manager',
  prompt: managerClarifyPrompt,
  render: ({ task, plan, stage, summary, asked, ...rest }) =>
    quoteUntrusted({
      task,
      plan: showPlan(plan),
      ...(stage === undefined ? {} : { stage: showStage(stage) }),
      ...showStages(rest),
      summary,
      asked,
    }),
  replyFormat: { type: 'json' },
  reply: clarifyReplySchema,
  outputTokens: { wanted: 2_000, minimum: 300 },
};
