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
}

/** Reads the employee's answer; whole files by path, as earlier prompts asked for, are changes that write them. */
export const workSchema: z.ZodType<Work> = z
  .object({
    summary: z.string(),
    changes: z.array(changeSchema).exactOptional(),
    files: z.array(z.object({ path: z.string(), content: z.string() })).exactOptional(),
  })
  .refine(({ changes, files }) => (changes === undefined) !== (files === undefined), {
    message: 'give the list of changes, and no other list of files',
    path: ['changes'],
  })
  .transform(({ summary, changes, files = [] }) => ({
    summary,
    changes: changes ?? files.map((file) => ({ type: 'write' as const, ...file })),
  }));

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
