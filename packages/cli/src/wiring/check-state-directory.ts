import { mkdtemp, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type Diagnosis, ok, problem, warning } from './diagnosis.ts';

/** Below this a run is refused; see the journal. */
const NEEDED_BYTES = 64 * 2 ** 20;
const LITTLE_BYTES = 1024 * 2 ** 20;

/** Where the state of a project is kept. */
export interface StatePlace {
  readonly stateDirectory: string;
  /** What of it belongs to the project. */
  readonly journalDirectory: string;
}

/** Whether runs can be written down, whether others can read them, and how much room there is. */
export async function checkStateDirectory({
  stateDirectory,
  journalDirectory,
}: StatePlace): Promise<readonly Diagnosis[]> {
  const nearest = await findNearest(journalDirectory);
  return [
    await checkWriting(stateDirectory, nearest),
    await checkPrivacy(stateDirectory),
    await checkSpace(nearest),
  ];
}

/** The folder itself, or the one in which the missing ones would be made. */
async function findNearest(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await findMode(path)) !== undefined ? path : findNearest(parent);
}

/** By trying: the permissions of a folder do not tell of read-only disks, quotas and other users. */
async function checkWriting(stateDirectory: string, folder: string): Promise<Diagnosis> {
  try {
    await rmdir(await mkdtemp(join(folder, '.jarvis-doctor-')));
    return ok('state', `Runs can be kept in ${stateDirectory}.`);
  } catch (error) {
    const next = `See whose it is with ls -ld ${folder}, or choose another: --state-dir`;
    return problem('state', `Runs cannot be kept in ${folder}: ${explainFailure(error)}.`, next);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not write in it',
  EPERM: 'your user may not write in it',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'its disk is full',
  EDQUOT: 'your share of its disk is used up',
};

function explainFailure(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? `it cannot be written to (${code})`;
}

/** What does not exist yet is made for its user alone. */
async function checkPrivacy(directory: string): Promise<Diagnosis> {
  const mode = await findMode(directory);
  if (mode === undefined) return ok('privacy', `${directory} will be made by the first run, for you alone.`);
  return (mode & 0o077) === 0
    ? ok('privacy', `${directory} is yours alone.`)
    : problem('privacy', `${directory} can be read or written by others.`, `chmod 700 ${directory}`);
}

async function checkSpace(folder: string): Promise<Diagnosis> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    return judgeSpace(blocks === 0 ? undefined : bavail * bsize);
  } catch (error) {
    return warning('space', `How much is free cannot be found out (${codeOf(error)}).`, `df ${folder}`);
  }
}

/** Whether so many bytes, or an unknown number of them, are room enough. */
export function judgeSpace(freeBytes: number | undefined): Diagnosis {
  if (freeBytes === undefined) return ok('space', 'The file system does not tell how much is free.');
  const text = `${String(Math.floor(freeBytes / 2 ** 20))} MB are free for state.`;
  if (freeBytes < NEEDED_BYTES)
    return problem('space', text, 'Make room: no run is begun with less than 64 MB.');
  return freeBytes < LITTLE_BYTES ? warning('space', text, 'Make room: jarvis prune') : ok('space', text);
}

/** The permissions of a folder; of one that may not be looked at it is only known that it is there. */
async function findMode(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'EACCES') return 0;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
