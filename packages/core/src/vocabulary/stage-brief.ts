import { z } from 'zod';

/** What one stage must achieve, in the words of whoever planned it. */
export const stageBriefSchema = z.object({
  name: z.string().min(1),
  goal: z.string().min(1),
  planSteps: z.array(z.string().min(1)),
  requirements: z.array(z.string().min(1)),
});

export type StageBrief = Readonly<z.infer<typeof stageBriefSchema>>;
