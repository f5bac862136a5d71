import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { describeRefusal, refusePath } from '@jarvis/core';

import { diskErrorCode, type Disk } from './disk.ts';

/** What stands at a path of the project folder. */
export type Place =
  | { readonly type: 'file'; readonly absolute: string; readonly mode: number; readonly identity: string }
  | { readonly type: 'absent'; readonly absolute: string }
  /** The path may not be used; `problem` is a sentence part that says why. */
  | { readonly type: 'refused'; readonly problem: string };

// A link is an error instead of its target, and a pipe without a writer does not block.
const PLAIN_FILE_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const GONE: readonly string[] = ['ENOENT', 'ENOTDIR'];

/** A path, and whether it may be one that is protected. */
export interface WantedPath {
  readonly path: string;
  readonly isAllowed?: boolean | undefined;
}

/**
 * Looks at every component of a path on its way down from the root: none may be a link, all but the last must
 * be folders, the last a plain file or nothing yet.
 */
export async function findPlace(
  disk: Disk,
  root: string,
  { path, isAllowed = false }: WantedPath,
): Promise<Place> {
  const problem = findRefusal(path, isAllowed);
  if (problem !== undefined) return { type: 'refused', problem };

  const absolute = join(root, path);
  const components = path.split('/');
  for (const depth of components.keys()) {
    const part = components.slice(0, depth + 1).join('/');
    const stats = await look(disk, join(root, part));
    if (stats === 'absent') return { type: 'absent', absolute };
    if (stats === 'too long') return { type: 'refused', problem: `${part} is too long for the file system` };
    const isLast = depth === components.length - 1;
    const problem = isLast ? refuseTarget(part, stats) : refuseParent(part, stats);
    if (problem !== undefined) return { type: 'refused', problem };
    if (isLast)
      return { type: 'file', absolute, mode: Number(stats.mode) & 0o777, identity: identify(stats) };
  }
  return { type: 'absent', absolute };
}

function findRefusal(path: string, isAllowed: boolean): string | undefined {
  const refusal = refusePath(path);
  if (refusal === undefined || (refusal === 'protected' && isAllowed)) return undefined;
  return describeRefusal(path, refusal).replace(/\.$/u, '');
}

/** The SHA-256 of a plain file, or `undefined` when it is gone or has become something else. */
export async function hashPlace(disk: Disk, absolute: string): Promise<string | undefined> {
  const handle = await disk.open(absolute, PLAIN_FILE_ONLY).catch(orGone);
  if (handle === undefined) return undefined;
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const hash = createHash('sha256');
    await pipeline(handle.createReadStream({ autoClose: false }), hash);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

/** The bytes of a plain file of at most `maxBytes`, or `undefined` when it is larger, gone or no plain file. */
export async function readPlace(disk: Disk, absolute: string, maxBytes: number): Promise<Buffer | undefined> {
  const handle = await disk.open(absolute, PLAIN_FILE_ONLY).catch(orGone);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= maxBytes ? await handle.readFile() : undefined;
  } finally {
    await handle.close();
  }
}

async function look(disk: Disk, absolute: string): Promise<BigIntStats | 'absent' | 'too long'> {
  try {
    return await disk.lstat(absolute, { bigint: true });
  } catch (error) {
    if (GONE.includes(diskErrorCode(error))) return 'absent';
    if (diskErrorCode(error) === 'ENAMETOOLONG') return 'too long';
    throw error;
  }
}

function refuseParent(part: string, stats: BigIntStats): string | undefined {
  if (stats.isSymbolicLink()) return `its folder ${part} is a link`;
  return stats.isDirectory() ? undefined : `its folder ${part} is not a folder`;
}

function refuseTarget(part: string, stats: BigIntStats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return `${part} is a link`;
  return stats.isDirectory() ? `${part} is a folder` : `${part} is a device, a pipe or a socket`;
}

/** Differs as soon as someone writes the file or puts another in its place. */
function identify({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(':');
}

/** A file that was just seen may be gone, or be a link by now; neither is a failure of the disk. */
function orGone(error: unknown): undefined {
  if (![...GONE, 'ELOOP', 'ENXIO'].includes(diskErrorCode(error))) throw error;
}
