import { defaultRetryPolicy, type Finding, quoteUntrusted } from '@jarvis/core';
import { z } from 'zod';

import { type Plan, type Review, workSchema } from '../agents/agent-reply.ts';
import type { Round } from '../engine/run-state.ts';
import { simulatedTeam } from '../simulation/simulated-team.ts';
import { domainPrompts } from '../prompts/domains.ts';
import { employeeWorkPrompt } from '../prompts/employee.ts';
import { managerPlanPrompt, managerReviewPrompt } from '../prompts/manager.ts';
import { countThings } from '../text/count-things.ts';
import type { Dialect, ReviewBrief, RoundSummary, WorkBrief } from './dialect.ts';
import { showProject, showStage } from './modern-briefs.ts';
import { auditQuestion, clarifyQuestion, decideQuestion, splitQuestion } from './modern-questions.ts';
import { modernRouting } from './modern-routing.ts';

const planReplySchema: z.ZodType<Plan> = z.object({
  steps: z.array(z.string().trim().min(1)).min(1).max(100),
  acceptanceCriteria: z.array(z.string().trim().min(1)).max(100),
});

const reviewReplySchema = z
  .object({ approved: z.boolean(), feedback: z.array(z.string().trim().min(1)) })
  .refine(({ approved, feedback }) => approved || feedback.length > 0, {
    message: 'feedback must say what has to change when approved is false',
    path: ['feedback'],
  })
  .transform(({ approved, feedback }): Review => ({ isApproved: approved, feedback }));

/** Leaves room for plan, feedback and answer in the smallest context window in common use, 128,000 tokens. */
const FILE_TOKENS = 60_000;

/** How this release speaks to agents. */
export const modernDialect: Dialect = {
  id: 'modern@1',
  plan: {
    role: 'manager',
    prompt: managerPlanPrompt,
    render: ({ task, earlierRuns }) => quoteUntrusted({ task, earlierRuns }),
    replyFormat: { type: 'json' },
    reply: planReplySchema,
    outputTokens: { wanted: 4_000, minimum: 500 },
  },
  work: {
    role: 'employee',
    prompt: employeeWorkPrompt,
    render: renderWorkBrief,
    replyFormat: { type: 'json' },
    reply: workSchema,
    outputTokens: { wanted: 16_000, minimum: 4_000 },
  },
  review: {
    role: 'manager',
    prompt: managerReviewPrompt,
    render: renderReviewBrief,
    replyFormat: { type: 'json' },
    reply: reviewReplySchema,
    outputTokens: { wanted: 4_000, minimum: 500 },
  },
  split: splitQuestion,
  audit: auditQuestion,
  decide: decideQuestion,
  clarify: clarifyQuestion,
  domains: domainPrompts,
  routing: modernRouting,
  fileTokens: FILE_TOKENS,
  feedbackOn,
  describeFinding,
  retry: defaultRetryPolicy,
  policies: {
    errorsPreventApproval: true,
    stopsWithoutProgress: true,
    reviewsRefusedWork: false,
    commitsUnchangedWork: false,
    onAuditLimit: 'ladder',
    finalReview: 'corrections',
    onSuspiciousTask: 'warn',
  },
  renderCommitSubject,
  simulate: simulatedTeam,
};

function renderWorkBrief({ task, plan, stage, round, files, leftOut, feedback, notes }: WorkBrief): string {
  return quoteUntrusted({
    task,
    plan,
    ...(stage === undefined ? {} : { stage: showStage(stage) }),
    round,
    ...showProject({ files, leftOut }),
    feedback,
    notes,
  });
}

function renderReviewBrief(brief: ReviewBrief): string {
  const { task, plan, round, files, leftOut, summary, findings, pages } = brief;
  return quoteUntrusted({ task, plan, round, summary, ...showProject({ files, leftOut }), pages, findings });
}

function feedbackOn({ apply, checks, review }: Round): readonly string[] {
  if (apply?.type === 'refused') return apply.problems;
  const errors = (checks?.findings ?? []).filter(({ severity }) => severity === 'error').map(describeFinding);
  return [...(review?.feedback ?? []), ...errors];
}

function describeFinding({ file, line, description, rule }: Finding): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `, line ${String(line)}`}: `;
  return `${place}${description}${rule === undefined ? '' : ` (${rule})`}`;
}

/** The longest name of a stage in a subject, in characters. */
const NAME_LENGTH = 50;

function toSubject(name: string): string {
  return name.replaceAll(/\s+/gu, ' ').slice(0, NAME_LENGTH);
}

function renderCommitSubject({ round, stage, review, findings }: RoundSummary): string {
  const errors = findings.filter(({ severity }: Finding) => severity === 'error').length;
  const verdict = review.isApproved ? 'approved' : 'changes needed';
  const what =
    stage === undefined
      ? `round ${String(round)}: ${verdict}`
      : `${toSubject(stage)}, round ${String(round)}`;
  return `JARVIS ${what}${errors === 0 ? '' : `, ${countThings(errors, 'error')} found`}`;
}
