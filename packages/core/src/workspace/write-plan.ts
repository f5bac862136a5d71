import { z } from 'zod';

import { showValue } from '../errors/show-value.ts';
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

/** One write of a {@link WritePlan}: which file, and its content before and after. */
export type PlannedWrite = Readonly<z.infer<typeof plannedWriteSchema>>;
export type WritePlan = Readonly<z.infer<typeof writePlanSchema>>;

const MAX_FILES_PER_ANSWER = 200;
const MAX_BYTES_PER_ANSWER = 10 * 1024 * 1024;

/** Everything that is wrong with the files of an answer, as sentences for the model; empty when it may be applied. */
export function findWriteProblems(writes: readonly FileWrite[]): readonly string[] {
  return [
    ...writes.flatMap(({ path }) => findPathProblem(path)),
    ...writes.flatMap(findContentProblem),
    ...findExcess(writes),
    ...findCollisions(writes.map(({ path }) => path)),
  ];
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

function findPathProblem(path: string): readonly string[] {
  const refusal = refusePath(path);
  return refusal === undefined ? [] : [describeRefusal(path, refusal)];
}

/** What is not text would be left out when the project is read, and come back from disk as something else. */
function findContentProblem({ path, content }: FileWrite): readonly string[] {
  const isText = content.isWellFormed() && !content.includes('\0');
  return isText ? [] : [`The content of ${showValue(path)} is not text.`];
}

function findExcess(writes: readonly FileWrite[]): readonly string[] {
  const bytes = writes.reduce((sum, { content }) => sum + byteLength(content), 0);
  const limits = [
    { count: writes.length, unit: 'files', most: MAX_FILES_PER_ANSWER },
    { count: bytes, unit: 'bytes', most: MAX_BYTES_PER_ANSWER },
  ];
  return limits
    .filter(({ count, most }) => count > most)
    .map(
      ({ count, unit, most }) =>
        `The answer has ${String(count)} ${unit}; at most ${String(most)} are allowed.`,
    );
}

/** Sorted with the separator before every other character, a path stands right before its twin or what lies in it. */
function findCollisions(paths: readonly string[]): readonly string[] {
  const sorted = paths
    .map((path) => ({ path, key: foldPath(path).replaceAll('/', '\0') }))
    .sort((a, b) => compare(a.key, b.key));
  return sorted.flatMap(({ path, key }, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return [];
    const shown = showValue(before.path);
    if (before.key === key) return [`The paths ${shown} and ${showValue(path)} may be one file.`];
    return key.startsWith(`${before.key}\0`)
      ? [`The path ${shown} is a file and the folder of ${showValue(path)}.`]
      : [];
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
