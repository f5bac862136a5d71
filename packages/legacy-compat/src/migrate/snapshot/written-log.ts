import { z } from 'zod';

import { ContentStore } from './content-store.ts';
import { appendLines, readLines } from './json-lines.ts';

const writtenSchema = z.strictObject({
  /** The real path of the tree. */
  root: z.string(),
  path: z.string(),
  /** The hash of what was there; `null` when nothing was. */
  before: z.string().nullable(),
  /** The hash of what was written. */
  after: z.string(),
});

/** A file a migration has written into a tree. */
export type WrittenFile = Readonly<z.infer<typeof writtenSchema>>;

/**
 * Notes down what is about to be written. Done first: a process that dies in between leaves a note too many, and never
 * a file that would be taken for somebody else's.
 */
export async function recordWritten(stateDirectory: string, files: readonly WrittenFile[]): Promise<void> {
  await appendLines(new ContentStore(stateDirectory).writtenLog, files);
}

/** What migrations have written into a tree, the oldest first. */
export async function readWritten(stateDirectory: string, root: string): Promise<readonly WrittenFile[]> {
  const files = await readLines(new ContentStore(stateDirectory).writtenLog, writtenSchema);
  return files.filter((file) => file.root === root);
}
