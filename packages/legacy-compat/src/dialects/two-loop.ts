import type { Finding, RetryPolicy, RoutingRule, WorkspaceFile } from '@jarvis/core';
import type { Dialect, Plan, Review, ReviewBrief, Round, RoundSummary, Work, WorkBrief } from '@jarvis/loops';
import { z } from 'zod';

import { chargedPrices } from './charged-prices.ts';
import { runSimpleTests, toFilesSummary, toPreviousFiles } from './legacy-files.ts';
import { legacyReplyParser } from './legacy-reply-parser.ts';
import { legacyPlanPrompt, legacyReviewPrompt, legacyWorkPrompt } from './two-loop-prompts.ts';

/** Five attempts with pauses of 2, 4, 8 and 16 seconds. */
const legacyRetry: RetryPolicy = {
  maxAttempts: 5,
  firstDelayMs: 2_000,
  maxDelayMs: 60_000,
  maxAskedDelayMs: 60_000,
};

/** The predecessor sent no limit; the one sent here only has to leave room for whole files. */
const legacyOutput = { wanted: 16_000, minimum: 256 };

/** The most lines of an answer that are kept apart; all of it is handed on. */
const MAX_LINES = 100;

/** The employee gets the stronger model in rounds 2 and 3, when the round before asked for changes or failed its tests. */
const legacyRouting: readonly RoutingRule[] = [
  {
    when: { role: 'employee', round: { min: 2, max: 3 }, previous: { word: 'needs_changes' } },
    model: 'gpt-4o',
    because: 'The review asked for changes.',
  },
  {
    when: { role: 'employee', round: { min: 2, max: 3 }, previous: { hasErrors: true } },
    model: 'gpt-4o',
    because: 'The tests failed.',
  },
  {
    when: { role: 'employee' },
    model: 'gpt-4o-mini',
    because: 'The employee begins and ends with the small model.',
  },
  {
    when: {},
    model: { of: 'manager' },
    because: 'The manager has the model it is configured with.',
  },
];

// Whatever the manager put into its plan is handed on; what looks like lines is kept for the roadmap.
const planReplySchema: z.ZodType<Plan> = z.record(z.string(), z.json()).transform((asGiven) => ({
  steps: toLines(asGiven['plan']),
  acceptanceCriteria: toLines(asGiven['acceptance_criteria']),
  asGiven,
}));

const workReplySchema: z.ZodType<Work> = z
  .object({ files: z.record(z.string(), z.string()).default({}), summary: z.string().catch('') })
  .transform(({ files, summary }) => ({
    summary,
    changes: Object.entries(files).map(([path, content]) => ({ type: 'write', path, content })),
  }));

// A review without a status asks for changes; "Approved" is as good as "approved".
const reviewReplySchema: z.ZodType<Review> = z
  .object({ status: z.json().default('needs_changes'), feedback: z.json().default([]) })
  .transform(({ status, feedback }) => {
    const word = typeof status === 'string' ? status : JSON.stringify(status);
    const isApproved = word.trim().toLowerCase() === 'approved';
    return { isApproved, feedback: toLines(feedback), feedbackAsGiven: feedback, word };
  });

/** How `orchestrator_2loop` spoke to its agents, as the recorded scenarios show it. */
export const twoLoopDialect: Dialect = {
  id: 'legacy-2loop@1',
  plan: {
    role: 'manager',
    prompt: legacyPlanPrompt,
    render: ({ task }) => task,
    replyFormat: { type: 'text' },
    reply: planReplySchema,
    outputTokens: legacyOutput,
  },
  work: {
    role: 'employee',
    prompt: legacyWorkPrompt,
    render: renderWork,
    replyFormat: { type: 'text' },
    reply: workReplySchema,
    outputTokens: legacyOutput,
  },
  review: {
    role: 'manager',
    prompt: legacyReviewPrompt,
    render: renderReview,
    replyFormat: { type: 'text' },
    reply: reviewReplySchema,
    outputTokens: legacyOutput,
  },
  routing: legacyRouting,
  feedbackOn: ({ apply, review }: Round) => [
    ...(review?.feedback ?? []),
    ...(apply?.type === 'refused' ? apply.problems : []),
  ],
  inspect: inspectPage,
  replyParser: legacyReplyParser,
  retry: legacyRetry,
  prices: chargedPrices,
  policies: {
    errorsPreventApproval: false,
    stopsWithoutProgress: false,
    reviewsRefusedWork: true,
    commitsUnchangedWork: true,
    onAuditLimit: 'accept',
    finalReview: 'none',
    // It wrote a note of what it found and went on.
    onSuspiciousTask: 'warn',
  },
  renderCommitSubject,
};

function renderWork(brief: WorkBrief): string {
  const { task, plan, round, files } = brief;
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    previous_files: toPreviousFiles(files),
    feedback: renderFeedback(brief),
    iteration: round,
  });
}

/** The review's feedback word for word, and why the files were refused, if they were. */
function renderFeedback({ feedback, previous }: WorkBrief): unknown {
  if (previous === undefined) return null;
  const { review, apply } = previous;
  const asGiven = review?.feedbackAsGiven;
  if (apply?.type !== 'refused') return asGiven === undefined ? feedback : asGiven;
  return Array.isArray(asGiven) ? [...asGiven, ...apply.problems] : feedback;
}

function renderReview({ task, plan, round, files }: ReviewBrief): string {
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    files_summary: toFilesSummary(files),
    tests: runSimpleTests(task, files),
    browser_summary: null,
    screenshot_path: null,
    iteration: round,
  });
}

function inspectPage(files: readonly WorkspaceFile[]): readonly Finding[] {
  const { index_exists: exists, index_not_empty: isFilled } = runSimpleTests('', files);
  if (isFilled) return [];
  const description = exists ? 'index.html is blank.' : 'There is no index.html.';
  return [{ severity: 'error', source: 'simple-tests', rule: 'index', description, file: 'index.html' }];
}

function renderCommitSubject({ round, review, findings }: RoundSummary): string {
  const allPassed = findings.length === 0 ? 'True' : 'False';
  // A subject is one line, whatever the model took for a status.
  const status = (review.word ?? 'needs_changes').replace(/\s+/gu, ' ');
  return `2loop iteration ${String(round)}: status=${status}, all_passed=${allPassed}`;
}

/** A value of an answer as lines: those of a list, or the one a text is. */
function toLines(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value];
  return values
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)).trim())
    .filter((line) => line !== '')
    .slice(0, MAX_LINES);
}
