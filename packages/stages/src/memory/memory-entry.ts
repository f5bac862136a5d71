import { z } from 'zod';

const text = z.string().trim().min(1);

/** What somebody wants to be known later about a stage. Findings and iterations are remembered without being told. */
export type MemoryEntry =
  /** Something was settled, and others have to keep to it. */
  | { readonly kind: 'decision'; readonly text: string; readonly reason?: string }
  /** A question that came up and what was answered. */
  | { readonly kind: 'clarification'; readonly question: string; readonly answer: string }
  /** Anything else worth knowing. */
  | { readonly kind: 'note'; readonly text: string }
  /** What another stage has to do with this one. */
  | { readonly kind: 'link'; readonly stageId: string; readonly text: string };

/** Parses an entry that was recorded or came from outside; unknown keys are refused. */
export const memoryEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('decision'), text, reason: text.exactOptional() }),
  z.strictObject({ kind: z.literal('clarification'), question: text, answer: text }),
  z.strictObject({ kind: z.literal('note'), text }),
  z.strictObject({ kind: z.literal('link'), stageId: z.string().min(1), text }),
]);
