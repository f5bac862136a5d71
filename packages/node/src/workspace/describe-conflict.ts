import { join } from 'node:path';

import { hasErrorCode, type PlannedWrite, WorkspaceConflictError, type WritePlan } from '@jarvis/core';

import { type Disk, diskErrorCode } from './disk.ts';
import { readPlace } from './real-path.ts';

// What a terminal or a reader would take for something else; also a carriage return, which may be all that differs.
const UNSHOWABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

const MAX_CHARACTERS = 4_096;
const MAX_LINE = 200;
const MAX_FILE_BYTES = 256 * 1024;
/** Two texts with more lines that differ are said to have nothing in common. */
const MAX_EDITS = 2_000;

type ContentOf = (hash: string) => Promise<string>;

export interface ConflictSources {
  readonly disk: Disk;
  readonly root: string;
  readonly contentOf: ContentOf;
}

/** Carries a plan out by `apply`; a conflict it meets also says what differs. */
export async function showConflicts(
  apply: () => Promise<void>,
  plan: WritePlan,
  sources: ConflictSources,
): Promise<void> {
  try {
    await apply();
  } catch (error) {
    if (!isConflict(error)) throw error;
    const { paths } = error;
    throw new WorkspaceConflictError({ paths, diff: await describeConflict(paths, plan, sources) });
  }
}

function isConflict(error: unknown): error is WorkspaceConflictError {
  return hasErrorCode(error, 'JARVIS_WORKSPACE_CONFLICT');
}

/**
 * What somebody changed in files of a plan, and what the plan would have made of them, each as a unified diff from
 * what the run knew. Escaped, and cut after 4,096 characters.
 */
async function describeConflict(
  paths: readonly string[],
  { writes }: WritePlan,
  sources: ConflictSources,
): Promise<string> {
  const parts: string[] = [];
  for (const write of writes.filter(({ path }) => paths.includes(path))) {
    parts.push(await describeFile(write, sources));
  }
  return cut(parts.join('\n').replace(UNSHOWABLE, escapeCharacter));
}

async function describeFile(
  write: PlannedWrite,
  { disk, root, contentOf }: ConflictSources,
): Promise<string> {
  const { path, before, after } = write;
  const [known, onDisk, wanted] = await Promise.all([
    readKnown(before, contentOf),
    readNow(disk, root, path),
    readKnown(after, contentOf),
  ]);
  // What the run was never shown is not kept: then what is there now is compared with what it wanted.
  if (known === undefined) return compare(path, [onDisk, 'on disk'], [wanted, 'as the run wanted it']);
  const base = [known, 'as the run knew it'] as const;
  return [
    await compare(path, base, [onDisk, 'on disk']),
    await compare(path, base, [wanted, 'as the run wanted it']),
  ].join('\n');
}

type Version = readonly [content: string | undefined, name: string];

async function compare(path: string, [from, fromName]: Version, [to, toName]: Version): Promise<string> {
  if (from === undefined || to === undefined) {
    const name = from === undefined ? fromName : toName;
    return `${path}, ${name}: it is no text, or too large to be compared.`;
  }
  // Only who meets a conflict loads it.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const options = { context: 3, maxEditLength: MAX_EDITS, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(path, path, from, to, fromName, toName, options);
  return patch?.trimEnd() ?? `${path}, ${fromName} and ${toName}: they differ too much to be compared.`;
}

/** Empty for a file that is not there, `undefined` for one whose content cannot be had. */
async function readKnown(hash: string | null, contentOf: ContentOf): Promise<string | undefined> {
  if (hash === null) return '';
  const content = await contentOf(hash).catch(() => undefined);
  return content === undefined || content.length > MAX_FILE_BYTES ? undefined : content;
}

/** A conflict is what is to be reported, and not what keeps its files from being looked at. */
async function readNow(disk: Disk, root: string, path: string): Promise<string | undefined> {
  const absolute = join(root, path);
  try {
    if ((await disk.realpath(absolute)) !== absolute) return undefined;
    const bytes = await readPlace(disk, absolute, MAX_FILE_BYTES);
    return bytes === undefined || bytes.includes(0) ? undefined : bytes.toString();
  } catch (error) {
    return diskErrorCode(error) === 'ENOENT' ? '' : undefined;
  }
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function cut(text: string): string {
  const short = text
    .split('\n')
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line))
    .join('\n');
  if (short.length <= MAX_CHARACTERS) return short;
  return `${short.slice(0, short.lastIndexOf('\n', MAX_CHARACTERS))}\n… (cut)`;
}
