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

/** What the employee hands in: whole files, by path inside the project folder. */
export const workSchema = z.object({
  summary: z.string(),
  files: z.array(z.object({ path: z.string(), content: z.string() })),
});

export type Work = Readonly<z.infer<typeof workSchema>>;

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
