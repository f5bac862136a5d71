import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { describeRefusal, refusePath, type SecretScanner, sha256 } from '@jarvis/core';

import type { HistoryFile, OldHistory, OldIteration } from './old-history.ts';

/** The files of one round as they can be kept. */
export interface KeptRound {
  readonly number: number;
  /** Where they lie in the old tree. */
  readonly path: string;
  /** By the place they had in the tree. */
  readonly files: ReadonlyMap<string, KeptFile>;
  /** What was there, whether it could be kept or not, by place. */
  readonly places: ReadonlySet<string>;
}

/** A content, by its hash. */
export interface KeptFile {
  readonly hash: string;
  readonly bytes: number;
}

/** What can be kept of a history. */
export interface KeptHistory {
  readonly project: string;
  readonly rounds: readonly KeptRound[];
  /** By hash. */
  readonly contents: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** In bytes, as much as a model may hand in at once: no round of the predecessor wrote a larger file. */
const LARGEST_FILE = 10 * 1024 * 1024;

/** In bytes. All of it is stored at once, so that a history is there whole or not at all. */
const LARGEST_HISTORY = 128 * 1024 * 1024;

/** So many files of all rounds together are read. */
const MOST_FILES = 20_000;

/** Reads the contents of a history. What cannot be kept is named; a file that holds a secret is not kept. */
export async function readHistory(
  root: string,
  { project, iterations }: OldHistory,
  scanner: SecretScanner,
): Promise<KeptHistory> {
  const excess = findExcess(iterations);
  if (excess !== undefined)
    return {
      project,
      rounds: [],
      contents: new Map(),
      problems: [`${iterations[0]?.path ?? ''}: ${excess}`],
    };

  const contents = new Map<string, string>();
  const problems: string[] = [];
  const rounds: KeptRound[] = [];
  for (const iteration of iterations) {
    const files = new Map<string, KeptFile>();
    for (const file of iteration.files) {
      const read = await readFile(root, { project, iteration, file }, scanner);
      if ('problem' in read) {
        problems.push(`${iteration.path}/${file.name}: ${read.problem}; it was left out`);
        continue;
      }
      const hash = sha256(read.content);
      contents.set(hash, read.content);
      files.set(toPlace(project, file.name), { hash, bytes: file.bytes });
    }
    const places = new Set(iteration.files.map(({ name }) => toPlace(project, name)));
    rounds.push({ number: iteration.number, path: iteration.path, files, places });
  }
  return { project, rounds, contents, problems };
}

function findExcess(iterations: readonly OldIteration[]): string | undefined {
  const files = iterations.flatMap((iteration) => iteration.files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length > MOST_FILES)
    return `the rounds beside it have ${String(files.length)} files, and at most ${String(MOST_FILES)} are read; all of them were left out`;
  return bytes > LARGEST_HISTORY
    ? `the rounds beside it have ${String(bytes)} bytes, and at most ${String(LARGEST_HISTORY)} are kept; all of them were left out`
    : undefined;
}

function toPlace(project: string, name: string): string {
  return project === '' ? name : `${project}/${name}`;
}

interface FilePlace {
  readonly project: string;
  readonly iteration: OldIteration;
  readonly file: HistoryFile;
}

type ReadFile = { readonly content: string } | { readonly problem: string };

async function readFile(
  root: string,
  { project, iteration, file }: FilePlace,
  scanner: SecretScanner,
): Promise<ReadFile> {
  if (file.kind !== 'file')
    return { problem: file.kind === 'link' ? 'it is a link, which is not followed' : 'it is no file' };
  const path = toPlace(project, file.name);
  const refusal = refusePath(path);
  if (refusal !== undefined) return { problem: describeRefusal(path, refusal).replace(/\.$/u, '') };
  if (file.bytes > LARGEST_FILE) return { problem: `it has ${String(file.bytes)} bytes, which is too large` };
  const content = await readText(join(root, iteration.path, file.name));
  if (content === undefined) return { problem: 'it cannot be read as text' };
  const [secret] = await scanner.scan([{ path, content }]);
  if (secret !== undefined)
    return { problem: `it holds a secret in line ${String(secret.line)} (${secret.rule})` };
  return scanner.holdsKnownSecret(content) ? { problem: 'it holds a key that is in use here' } : { content };
}

/** What became a link since it was listed is not followed either. */
async function readText(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const bytes = await handle.readFile();
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return text.includes('\0') ? undefined : text;
    } finally {
      await handle.close();
    }
  } catch (error) {
    // The system's refusals have a code, and so has the decoder's.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
