import { z } from 'zod';

/** What a model may ask for, one file at a time. */
export const changeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('write'), path: z.string(), content: z.string() }),
  /** `find` is the exact old text, which stands in the file once. */
  z.object({ type: z.literal('edit'), path: z.string(), find: z.string().min(1), replace: z.string() }),
  z.object({ type: z.literal('move'), from: z.string(), to: z.string() }),
  z.object({ type: z.literal('delete'), path: z.string() }),
]);

/** A change a model asks for: a whole file, an exact replacement in one, a move, or a deletion. */
export type Change = Readonly<z.infer<typeof changeSchema>>;
