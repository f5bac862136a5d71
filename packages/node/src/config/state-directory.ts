import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

import { WorkspaceUnusableError } from '@jarvis/core';

import { describeDiskFailure } from './describe-disk-failure.ts';
import { StateDirectoryRefusedError } from './errors.ts';
import { isOfKernel } from './is-of-kernel.ts';
import { isOutsideGit } from './is-outside-git.ts';
import type { Environment } from './read-environment.ts';

/** Where the state directory may be asked for: the machine, the project, and what the user wants. */
export interface FindStateDirectoryOptions {
  readonly environment: Pick<Environment, 'executablePath' | 'homeDirectory' | 'jarvisHome' | 'xdgStateHome'>;
  /** The project's folder. */
  readonly workspace: string;
  /** The folder of `--state-dir`. */
  readonly override?: string | undefined;
  /** Default: the system this runs on. */
  readonly platform?: NodeJS.Platform;
}

/**
 * Where runs are kept: `--state-dir`, else `$JARVIS_HOME`, else the user's state directory of the operating system.
 * Creates nothing.
 *
 * @returns the real path, as far as the folder exists already.
 * @throws {@link StateDirectoryRefusedError} when it is no usable folder, or one of the project that git would take in.
 * @throws {@link WorkspaceUnusableError} when the project's folder cannot be reached.
 */
export async function findStateDirectory(options: FindStateDirectoryOptions): Promise<string> {
  const { path, origin } = choosePath(options);
  if (!isAbsolute(path)) {
    throw new StateDirectoryRefusedError({ path, origin, problem: 'it is not an absolute path' });
  }
  const refuse = (problem: string) => new StateDirectoryRefusedError({ path, origin, problem });
  const workspace = await resolveWorkspace(options.workspace);
  const directory = await resolveReal(path).catch((error: unknown) => {
    const problem = describeDiskFailure(error);
    throw problem === undefined ? error : refuse(problem);
  });
  if (await isNoFolder(directory)) throw refuse('it is not a folder');
  if (await isOfKernel(directory)) throw refuse('it is no disk, the system shows itself there');
  if (isInside(workspace, directory)) throw refuse('the project lies inside it');
  if (!isInside(directory, workspace)) return directory;

  if (await belongsToAnother(directory))
    throw refuse('it lies inside the project and belongs to another user');
  if (!(await isOutsideGit(directory, options.environment))) {
    throw refuse('it lies inside the project, and git does not ignore it (add it to .gitignore)');
  }
  return directory;
}

interface ChosenPath {
  readonly path: string;
  /** Who chose it, for messages. */
  readonly origin: string;
}

function choosePath({
  environment,
  override,
  platform = process.platform,
}: FindStateDirectoryOptions): ChosenPath {
  const { homeDirectory, jarvisHome, xdgStateHome } = environment;
  if (override !== undefined) return { path: resolve(override), origin: '--state-dir' };
  if (jarvisHome !== undefined) return { path: jarvisHome, origin: 'JARVIS_HOME' };
  if (platform === 'darwin') {
    return {
      path: join(homeDirectory, 'Library', 'Application Support', 'jarvis'),
      origin: 'the home directory',
    };
  }
  // The XDG specification asks to ignore a relative path.
  if (xdgStateHome !== undefined && isAbsolute(xdgStateHome)) {
    return { path: join(xdgStateHome, 'jarvis'), origin: 'XDG_STATE_HOME' };
  }
  return { path: join(homeDirectory, '.local', 'state', 'jarvis'), origin: 'the home directory' };
}

/** The real path of what exists, and the rest as it is written: a folder that is yet to be made has none. */
async function resolveReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ENOTDIR')) throw error;
    const parent = dirname(path);
    return parent === path ? path : join(await resolveReal(parent), basename(path));
  }
}

/**
 * The real path of a project folder.
 *
 * @throws {@link WorkspaceUnusableError} when it cannot be found out.
 */
export async function resolveWorkspace(path: string): Promise<string> {
  try {
    return await resolveReal(path);
  } catch (cause) {
    throw new WorkspaceUnusableError({ path, problem: describeDiskFailure(cause) ?? String(cause), cause });
  }
}

/** Whether a path is a folder, or lies in it. Both are real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way));
}

async function isNoFolder(path: string): Promise<boolean> {
  try {
    const found = await ifThere(() => stat(path));
    return found !== undefined && !found.isDirectory();
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return true; // something on the way to it is a file
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function belongsToAnother(path: string): Promise<boolean> {
  const found = await ifThere(() => lstat(path));
  return found !== undefined && found.uid !== process.getuid?.();
}

async function ifThere<Found>(look: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
