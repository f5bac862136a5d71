import { z } from 'zod';

import { showValue } from '../errors/show-value.ts';
import { sha256 } from '../journal/hash.ts';
import { firstProblems } from './first-problems.ts';
import { describeRefusal, foldPath, refusePath } from './safe-path.ts';

/** A file as a model wants it: its path inside the project folder and its whole new content. */
export interface FileWrite {
  readonly path: string;
  readonly content: string;
}

/** What an answer comes to for one file: its whole new content, or `null` when it shall be gone. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
  /** The file this one was moved from, which is gone by the same answer: its permissions go with it. */
  readonly movedFrom?: string;
  /** A person has looked at it and allowed it although tools obey such a file without anyone looking. */
  readonly isAllowed?: true;
}

const plannedWriteSchema = z.object({
  path: z.string(),
  /** SHA-256 of the content on disk when the plan was made; `null` when there was no file. */
  before: z.string().nullable(),
  /** SHA-256 of the new content, stored as a blob; `null` when the file shall be gone. */
  after: z.string().nullable(),
  bytes: z.int().nonnegative(),
  /** The file of the same plan whose permissions a new file takes over. */
  movedFrom: z.string().exactOptional(),
  /** The permissions of the file that is there, or, where there is none, of the one to be made: the lowest nine bits. */
  mode: z.int().nonnegative().max(0o777).exactOptional(),
  /** A person has allowed the path although it is protected. */
  isAllowed: z.literal(true).exactOptional(),
});

/** All changes of one answer, with what was there before: carried out whole or not at all. */
export const writePlanSchema = z.object({ writes: z.array(plannedWriteSchema) });

/** One change of a {@link WritePlan}: which file, and its content before and after. */
export type PlannedWrite = Readonly<z.infer<typeof plannedWriteSchema>>;
export type WritePlan = Readonly<z.infer<typeof writePlanSchema>>;

const MAX_FILES_PER_ANSWER = 200;
const MAX_BYTES_PER_ANSWER = 10 * 1024 * 1024;

/** What is wrong with the files of an answer, as sentences for the model, fifty at most; empty when it may be applied. */
export function findWriteProblems(changes: readonly FileChange[]): readonly string[] {
  return firstProblems([
    ...findExcess(changes),
    ...changes.flatMap(findPathProblem),
    ...changes.flatMap(findContentProblem),
    ...findCollisions(changes.map(({ path }) => path)),
  ]);
}

/** The changes that make a difference, given the hashes of what is on disk. */
export function planWrites(changes: readonly FileChange[], onDisk: ReadonlyMap<string, string>): WritePlan {
  return {
    writes: changes
      .map(({ path, content, ...move }) => ({
        path,
        before: onDisk.get(path) ?? null,
        after: content === null ? null : sha256(content),
        bytes: byteLength(content ?? ''),
        ...move,
      }))
      .filter(({ before, after }) => before !== after),
  };
}

function findPathProblem({ path, isAllowed }: FileChange): readonly string[] {
  const refusal = refusePath(path);
  return refusal === undefined || (refusal === 'protected' && isAllowed === true)
    ? []
    : [describeRefusal(path, refusal)];
}

/** What is not text would be left out when the project is read, and come back from disk as something else. */
function findContentProblem({ path, content }: FileChange): readonly string[] {
  const isText = content === null || (content.isWellFormed() && !content.includes('\0'));
  return isText ? [] : [`The content of ${showValue(path)} is not text.`];
}

function findExcess(changes: readonly FileChange[]): readonly string[] {
  const bytes = changes.reduce((sum, { content }) => sum + byteLength(content ?? ''), 0);
  const limits = [
    { count: changes.length, unit: 'files', most: MAX_FILES_PER_ANSWER },
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
