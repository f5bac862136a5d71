import { type Change, changeSchema } from '@jarvis/core';
import { z } from 'zod';

const line = z.string().trim().min(1);

/** The manager's plan for a task. */
export const planSchema = z.object({
  steps: z.array(line).max(100),
  acceptanceCriteria: z.array(line).max(100),
  /** The plan in the manager's own form, when the dialect hands it on as it came. */
  asGiven: z.json().exactOptional(),
});

export type Plan = Readonly<z.infer<typeof planSchema>>;

/** What the employee hands in: what is to change in the project folder, in its order. */
export interface Work {
  readonly summary: string;
  readonly changes: readonly Change[];
  /** What it has to know. */
  readonly questions?: readonly string[];
  /** What keeps it from going on. */
  readonly blocker?: string;
}

const blank = z.string().trim();

/** The most questions of one answer. */
const MOST_QUESTIONS = 5;

/**
 * Reads the employee's answer; whole files by path, as earlier prompts asked for, are changes that write them. It may
 * ask instead of handing something in.
 */
export const workSchema: z.ZodType<Work> = z
  .object({
    summary: z.string(),
    changes: z.array(changeSchema).exactOptional(),
    files: z.array(z.object({ path: z.string(), content: z.string() })).exactOptional(),
    questions: z.array(blank).default([]),
    blocker: blank.nullable().default(null),
  })
  .transform(({ questions, blocker, ...work }) => ({
    ...work,
    ...leaveOutEmpty({ questions: questions.filter((question) => question !== ''), blocker: blocker ?? '' }),
  }))
  .refine(({ questions = [] }) => questions.length <= MOST_QUESTIONS, {
    message: `ask at most ${String(MOST_QUESTIONS)} questions`,
    path: ['questions'],
  })
  .refine(
    ({ changes, files, questions, blocker }) =>
      (changes === undefined) !== (files === undefined) ||
      (changes === undefined && (questions ?? blocker) !== undefined),
    { message: 'give the list of changes, and no other list of files', path: ['changes'] },
  )
  .transform(({ changes, files = [], ...work }) => ({
    ...work,
    changes: changes ?? files.map((file) => ({ type: 'write' as const, ...file })),
  }));

/** Models fill in fields they have nothing to say in. */
function leaveOutEmpty({ questions, blocker }: { questions: readonly string[]; blocker: string }) {
  return {
    ...(questions.length === 0 ? {} : { questions }),
    ...(blocker === '' ? {} : { blocker }),
  };
}

/** The manager's answers to what the employee has asked. */
export const clarifyReplySchema = z.object({
  /** One for each question, in their order. */
  answers: z.array(line).max(MOST_QUESTIONS + 1),
});

export type ClarifyReply = Readonly<z.infer<typeof clarifyReplySchema>>;

/** The manager's opinion of the work. */
export const reviewSchema = z.object({
  isApproved: z.boolean(),
  feedback: z.array(line),
  /** The feedback in the reviewer's own form, when the dialect hands it on as it came. */
  feedbackAsGiven: z.json().exactOptional(),
  /** The verdict in the reviewer's own word, when the dialect has one. */
  word: z.string().exactOptional(),
});

export type Review = Readonly<z.infer<typeof reviewSchema>>;
