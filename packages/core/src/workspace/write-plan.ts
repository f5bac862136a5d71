import { z } from 'zod';

import { sha256 } from '../journal/hash.ts';
import { describeRefusal, foldPath, refusePath } from './safe-path.ts';

/** A file as a model wants it: its path inside the project folder and its whole new content. */
export interface FileWrite {
  readonly path: string;
  readonly content: string;
}

const plannedWriteSchema = z.object({
  path: z.string(),
  /** SHA-256 of the content on disk when the plan was made; `null` when there was no file. */
  before: z.string().nullable(),
  /** SHA-256 of the new content, stored as a blob. */
  after: z.string(),
  bytes: z.int().nonnegative(),
});

/** All writes of one answer, with what was there before: carried out whole or not at all. */
export const writePlanSchema = z.object({ writes: z.array(plannedWriteSchema) });

export type PlannedWrite = Readonly<z.infer<typeof plannedWriteSchema>>;
export type WritePlan = Readonly<z.infer<typeof writePlanSchema>>;

/** The most files one answer may write. */
export const MAX_FILES_PER_ANSWER = 200;

/** The most bytes one answer may write. */
export const MAX_BYTES_PER_ANSWER = 10 * 1024 * 1024;

/** Everything that is wrong with the files of an answer, as sentences for the model; empty when it may be applied. */
export function findWriteProblems(writes: readonly FileWrite[]): readonly string[] {
  const problems = writes.flatMap(({ path }) => {
    const refusal = refusePath(path);
    return refusal === undefined ? [] : [describeRefusal(path, refusal)];
  });
  const bytes = writes.reduce((sum, { content }) => sum + byteLength(content), 0);
  if (writes.length > MAX_FILES_PER_ANSWER) {
    problems.push(`The answer has ${String(writes.length)} files; at most ${String(MAX_FILES_PER_ANSWER)} are allowed.`);
  }
  if (bytes > MAX_BYTES_PER_ANSWER) {
    problems.push(`The answer has ${String(bytes)} bytes; at most ${String(MAX_BYTES_PER_ANSWER)} are allowed.`);
  }
  return [...problems, ...findCollisions(writes.map(({ path }) => path))];
}

/** The writes that change something, given the hashes of what is on disk. */
export function planWrites(writes: readonly FileWrite[], onDisk: ReadonlyMap<string, string>): WritePlan {
  return {
    writes: writes
      .map(({ path, content }) => ({
        path,
        before: onDisk.get(path) ?? null,
        after: sha256(content),
        bytes: byteLength(content),
      }))
      .filter(({ before, after }) => before !== after),
  };
}

function findCollisions(paths: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  return paths.flatMap((path) => {
    const other = seen.get(foldPath(path));
    seen.set(foldPath(path), path);
    return other === undefined ? [] : [`The paths ${JSON.stringify(other)} and ${JSON.stringify(path)} may be one file.`];
  });
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
