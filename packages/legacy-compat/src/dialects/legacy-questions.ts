import type { PromptTemplate } from '@jarvis/core';
import type { Dialect, Plan, Review, Round, Work, WorkBrief } from '@jarvis/loops';
import { z } from 'zod';

import { legacyPlanPrompt } from './legacy-prompts.ts';

/** The predecessor sent no limit; the one sent here only has to leave room for whole files. */
const outputTokens = { wanted: 16_000, minimum: 256 };

/** The most lines of an answer that are kept apart; all of it is handed on. */
const MAX_LINES = 100;

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

/** What all questions of the predecessor have in common. */
export const everyQuestion = { replyFormat: { type: 'text' }, outputTokens } as const;

/** The plan was asked for with the task itself as the message. */
export const legacyPlan: Dialect['plan'] = {
  ...everyQuestion,
  role: 'manager',
  prompt: legacyPlanPrompt,
  render: ({ task }) => task,
  reply: planReplySchema,
};

/** The employee answered with a map of whole files, whatever it was shown. */
export function legacyWork(prompt: PromptTemplate, render: Dialect['work']['render']): Dialect['work'] {
  return { ...everyQuestion, role: 'employee', prompt, render, reply: workReplySchema };
}

/** The manager answered with a word and feedback, whatever it was shown. */
export function legacyReview(prompt: PromptTemplate, render: Dialect['review']['render']): Dialect['review'] {
  return { ...everyQuestion, role: 'manager', prompt, render, reply: reviewReplySchema };
}

/** What the employee is told of a round beside the review's feedback. */
export type Reproach = (round: Round) => readonly string[];

/** Why files were refused, if they were. */
export const tellRefusal: Reproach = ({ apply }) => (apply?.type === 'refused' ? apply.problems : []);

/** The feedback of a round as lines. */
export function feedbackWith(reproach: Reproach): Dialect['feedbackOn'] {
  return (round) => [...(round.review?.feedback ?? []), ...reproach(round)];
}

/** The review's feedback word for word and then the reproaches; `null` before there was any round. */
export function renderFeedback({ feedback, previous }: WorkBrief, reproach: Reproach): unknown {
  if (previous === undefined) return null;
  const asGiven = previous.review?.feedbackAsGiven;
  const reproaches = reproach(previous);
  if (reproaches.length === 0) return asGiven === undefined ? feedback : asGiven;
  return Array.isArray(asGiven) ? [...asGiven, ...reproaches] : feedback;
}

/** A value of an answer as lines: those of a list, or the one a text is. */
export function toLines(value: unknown): string[] {
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
