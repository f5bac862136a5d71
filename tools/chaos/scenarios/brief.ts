import { z } from 'zod';

/** What a question is about, told from its data alone. */
export type Purpose = 'plan' | 'split' | 'work' | 'audit' | 'decide' | 'review';

const dataSchema = z.object({
  round: z.int().default(1),
  stage: z.object({ name: z.string(), requirements: z.array(z.string()) }).optional(),
  files: z.array(z.object({ path: z.string(), content: z.string() })).default([]),
  open: z.array(z.object({ id: z.string() })).optional(),
  plan: z.unknown().optional(),
  findings: z.unknown().optional(),
  feedback: z.unknown().optional(),
  questions: z.array(z.unknown()).optional(),
});

type Data = z.infer<typeof dataSchema>;

/** A question to an agent. */
export interface Brief extends Data {
  readonly purpose: Purpose;
}

/** Reads the data an agent is asked about. */
export function readBrief(text: string): Brief {
  const data = dataSchema.parse(JSON.parse(text));
  return { ...data, purpose: purposeOf(data) };
}

function purposeOf({ questions, open, findings, feedback, plan }: Data): Purpose {
  if (questions !== undefined) return 'decide';
  if (open !== undefined) return 'audit';
  if (findings !== undefined) return 'review';
  if (feedback !== undefined) return 'work';
  return plan === undefined ? 'plan' : 'split';
}
