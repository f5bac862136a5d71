import { z } from 'zod';

const promptFile = z
  .string()
  .regex(/^(?:\/|~\/)[^\0]+$/u, 'expected an absolute path, or one that begins with ~/')
  .max(4_096);

/** The section `prompts` as users write it. */
export const promptsSection = z
  .strictObject({
    overrides: z
      .record(z.string().regex(/^[a-z][a-z.-]{0,99}$/u, 'expected the id of a prompt'), promptFile)
      .describe('Files with prompts of your own, by the id of the prompt they replace. Default: none.'),
  })
  .partial();

/** The section `safety` as users write it. */
export const safetySection = z
  .strictObject({
    onSuspiciousTask: z
      .enum(['ignore', 'warn', 'ask'])
      .describe(
        'What a task leads to that looks like an attempt to steer the model: nothing, a warning, or a run that waits. Default: what the dialect says.',
      ),
  })
  .partial();
