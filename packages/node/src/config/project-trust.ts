import { constants, mkdirSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type ConfigInput, InvalidConfigError, sha256 } from '@jarvis/core';
import { z } from 'zod';

import { placeDurably } from '../sqlite/durable-file.ts';
import { type Environment, readEnvironment } from './read-environment.ts';
import { findStateDirectory, isInside, resolveWorkspace } from './state-directory.ts';

/** `changed`: a person trusted the file when it said something else. */
export type TrustVerdict = 'trusted' | 'changed' | 'untrusted';

/** A configuration file of a project, as it was read. */
export interface JudgedFile {
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly config: ConfigInput;
}

/** Where is written down whether a project is trusted. */
export interface TrustPlace {
  readonly stateDirectory: string;
  /** The real path of the project folder. */
  readonly project: string;
}

const FOLDER = 'trust';

const trustSchema = z.strictObject({
  version: z.literal(1),
  project: z.string(),
  file: z.string(),
  sha256: z.string(),
});

/** The place for a project folder, found like the place of its runs. */
export async function findTrustPlace({
  workspace,
  stateDirectory: override,
  environment = readEnvironment(),
}: {
  readonly workspace: string;
  readonly stateDirectory?: string;
  readonly environment?: Environment;
}): Promise<TrustPlace> {
  const stateDirectory = await findStateDirectory({ environment, workspace, override });
  return { stateDirectory, project: await resolveWorkspace(workspace) };
}

/** Whether a person trusted the file as it is. What cannot be read, or others could have written, is no trust. */
export async function judgeTrust(
  place: TrustPlace,
  { path, hash }: Pick<JudgedFile, 'path' | 'hash'>,
): Promise<TrustVerdict> {
  const text = isOfProject(place) ? undefined : await readOwn(recordOf(place));
  const trust = text === undefined ? undefined : parse(text);
  if (trust?.project !== place.project) return 'untrusted';
  return trust.sha256 === hash && trust.file === nameIn(path) ? 'trusted' : 'changed';
}

/**
 * Writes down that a person trusts the file as it was read.
 *
 * @throws {@link InvalidConfigError} when the record would lie inside the project.
 */
export function recordTrust(place: TrustPlace, { path, hash }: Pick<JudgedFile, 'path' | 'hash'>): void {
  if (isOfProject(place)) {
    const problem =
      'it lies inside the project, whose files could then call themselves trusted. ' +
      'Choose a folder outside of it with --state-dir or JARVIS_HOME.';
    throw new InvalidConfigError({ problems: [{ origin: place.stateDirectory, key: '', problem }] });
  }
  const record = recordOf(place);
  mkdirSync(dirname(record), { recursive: true, mode: 0o700 });
  const trust = { version: 1, project: place.project, file: nameIn(path), sha256: hash };
  placeDurably(record, (draft) => {
    writeFileSync(draft, `${JSON.stringify(trust)}\n`);
  });
}

/** Forgets that a project is trusted. */
export async function forgetTrust(place: TrustPlace): Promise<'removed' | 'none'> {
  try {
    await rm(recordOf(place));
    return 'removed';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}

function recordOf({ stateDirectory, project }: TrustPlace): string {
  return join(stateDirectory, FOLDER, `${sha256(project)}.json`);
}

function nameIn(path: string): string {
  return path.slice(dirname(path).length + 1);
}

function isOfProject({ stateDirectory, project }: TrustPlace): boolean {
  return isInside(stateDirectory, project);
}

function parse(text: string): z.infer<typeof trustSchema> | undefined {
  try {
    return trustSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not written by this program
  }
}

/** The text of a plain file that is this user's and that nobody else can read or write. */
async function readOwn(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { mode, uid } = await file.stat();
      const isOwn = uid === process.getuid?.() && (mode & constants.S_IFMT) === constants.S_IFREG;
      return isOwn && (mode & 0o077) === 0 ? await file.readFile('utf8') : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined; // what cannot be read is no trust
  }
}
