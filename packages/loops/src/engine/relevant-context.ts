import { z } from 'zod';

/** What agents are told of earlier runs, as it is recorded. */
export const relevantContextSchema = z.object({
  /** The most relevant first. Models and users wrote the texts. */
  entries: z
    .array(
      z.object({
        /** The run, what it is and its number: `r1/open-2`. */
        id: z.string(),
        kind: z.enum(['outcome', 'decision', 'finding', 'open']),
        text: z.string(),
      }),
    )
    .readonly(),
  /** What the entries take in a question, quoted. */
  tokens: z.int().nonnegative(),
  /** How many entries did not fit. */
  leftOut: z.int().nonnegative(),
});

/** What agents are told of earlier runs: plain data that a question quotes with `quoteUntrusted`. */
export type RelevantContext = Readonly<z.infer<typeof relevantContextSchema>>;
