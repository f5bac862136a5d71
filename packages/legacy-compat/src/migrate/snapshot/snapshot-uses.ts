import { z } from 'zod';

import { ContentStore } from './content-store.ts';
import { appendLines, readLines } from './json-lines.ts';

const useSchema = z.strictObject({
  snapshotId: z.string().regex(/^[0-9a-f]{16}$/u),
  by: z.enum(['imports', 'python', 'rollback']),
  /** How many files it was about to write or remove. */
  files: z.int().min(0),
});

/** What a snapshot was taken for: the command that changed the tree right after. */
export type SnapshotUse = Readonly<z.infer<typeof useSchema>>;

/** Notes down what is about to change a tree, so that a snapshot nobody noted the id of can be told from others. */
export async function recordUse(stateDirectory: string, use: SnapshotUse): Promise<void> {
  await appendLines(new ContentStore(stateDirectory).usesLog, [use]);
}

/** What the snapshots were taken for, the oldest first. */
export async function readUses(stateDirectory: string): Promise<readonly SnapshotUse[]> {
  return readLines(new ContentStore(stateDirectory).usesLog, useSchema);
}
