import { defaultRetryPolicy, type Finding, quoteUntrusted, type WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import { type Plan, type Review, workSchema } from '../agents/agent-reply.ts';
import type { Round } from '../engine/run-state.ts';
import { simulatedTeam } from '../simulation/simulated-team.ts';
import { domainPrompts } from '../prompts/domains.ts';
import { employeeWorkPrompt } from '../prompts/employee.ts';
import { managerPlanPrompt, managerReviewPrompt } from '../prompts/manager.ts';
import type { Dialect, ReviewBrief, RoundSummary, WorkBrief } from './dialect.ts';
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
    render: ({ task }) => quoteUntrusted({ task }),
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
  domains: domainPrompts,
  routing: modernRouting,
  fileTokens: FILE_TOKENS,
  feedbackOn,
  retry: defaultRetryPolicy,
  policies: {
    errorsPreventApproval: true,
    stopsWithoutProgress: true,
    reviewsRefusedWork: false,
    commitsUnchangedWork: false,
    onSuspiciousTask: 'warn',
  },
  renderCommitSubject,
  simulate: simulatedTeam,
};

function renderWorkBrief({ task, plan, round, files, leftOut, feedback }: WorkBrief): string {
  const shown = { files: files.map(toPromptFile), filesLeftOut: toPromptList(leftOut) };
  return quoteUntrusted({ task, plan, round, ...shown, feedback });
}

function renderReviewBrief({ task, plan, round, files, leftOut, summary, findings }: ReviewBrief): string {
  const shown = { files: files.map(toPromptFile), filesLeftOut: toPromptList(leftOut) };
  return quoteUntrusted({ task, plan, round, summary, ...shown, findings });
}

/** `undefined`, and with it out of the question, when nothing was left out. */
function toPromptList(leftOut: WorkBrief['leftOut']) {
  if (leftOut === undefined) return undefined;
  const { files, more } = leftOut;
  return { reason: 'These files of the project did not fit; only path and size are told.', files, more };
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

function toPromptFile({ path, content }: WorkspaceFile) {
  return { path, content };
}

function renderCommitSubject({ round, review, findings }: RoundSummary): string {
  const errors = findings.filter(({ severity }: Finding) => severity === 'error').length;
  const verdict = review.isApproved ? 'approved' : 'changes needed';
  return `JARVIS round ${String(round)}: ${verdict}${errors === 0 ? '' : `, ${String(errors)} errors found`}`;
}
