import { z } from 'zod';

/** Something in a text that makes it look like an attempt to steer the model. */
export const screeningFindingSchema = z.object({
  kind: z.enum(['hidden-text', 'ignore-rules', 'exfiltration', 'outside-path', 'encoded-text']),
  severity: z.enum(['low', 'medium', 'high']),
  /** The place as it stands in the text, cut to a line; hidden characters are written as `\u{…}`. */
  quote: z.string(),
  /** Where it begins, counted in UTF-16 units from 0. */
  position: z.int().nonnegative(),
  /** What is suspicious about it, as a sentence for people. */
  description: z.string(),
});

export type ScreeningFinding = Readonly<z.infer<typeof screeningFindingSchema>>;

const MOST_QUOTED = 120;

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A part of a text that can be shown: one line, cut, with hidden characters made visible. */
export function quoteFrom(text: string, from: number, to: number): string {
  const cut = text.slice(from, Math.min(to, from + MOST_QUOTED));
  const shown = cut.replace(UNSEEN, (unseen) =>
    /\s/u.test(unseen) ? ' ' : `\\u{${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
  return to > from + MOST_QUOTED ? `${shown}…` : shown;
}
