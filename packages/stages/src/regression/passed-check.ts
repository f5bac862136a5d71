import { z } from 'zod';

import { fileVersionSchema } from './file-edit.ts';
import type { FileVersion } from './file-edit.ts';

/** Parses a check that passed. */
export const passedCheckSchema = z.strictObject({
  check: z.string().min(1),
  files: z.array(fileVersionSchema),
});

/** A check that passed, and the files it is about, as they were when it did. */
export interface PassedCheck {
  /** The id of the check, as findings name it as their source. */
  readonly check: string;
  readonly files: readonly FileVersion[];
}
