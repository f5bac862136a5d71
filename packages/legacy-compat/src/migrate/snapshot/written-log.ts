import { z } from 'zod';

import { LegacyTreeError } from '../../errors.ts';
import { visibleText } from '../project/visible-text.ts';
import { ContentStore } from './content-store.ts';
import { appendLines, readLines } from './json-lines.ts';
import { isInside } from './manifest.ts';

const writtenSchema = z.strictObject({
  /** The real path of the tree. */
  root: z.string(),
  path: z.string().refine(isInside, 'a path inside the tree'),
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
 *
 * @throws {@link LegacyTreeError} when a path leads out of the tree.
 * @throws {@link LegacySnapshotStoreError} when the state directory cannot hold the note.
 */
export async function recordWritten(stateDirectory: string, files: readonly WrittenFile[]): Promise<void> {
  const outside = files.find(({ path }) => !isInside(path));
  if (outside !== undefined)
    throw new LegacyTreeError({ problem: `${visibleText(outside.path)} is no path inside it` });
  await appendLines(new ContentStore(stateDirectory).writtenLog, files);
}

/** What migrations have written into a tree, the oldest first. A note about a path outside of it is passed over. */
export async function readWritten(stateDirectory: string, root: string): Promise<readonly WrittenFile[]> {
  const files = await readLines(new ContentStore(stateDirectory).writtenLog, writtenSchema);
  return files.filter((file) => file.root === root);
}
