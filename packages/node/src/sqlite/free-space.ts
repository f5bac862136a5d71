import { statfsSync } from 'node:fs';

import { JournalNoSpaceError } from './errors.ts';

/** What is kept free so that what has begun can be brought to an end on record. */
const RESERVE_BYTES = 64 * 2 ** 20;

/** How many bytes this user may still write in a folder; infinite where the file system does not tell. */
export function readFreeBytes(directory: string): number {
  const { blocks, bavail, bsize } = statfsSync(directory);
  return blocks === 0 ? Infinity : bavail * bsize;
}

/**
 * Refuses to begin something while the disk is nearly full.
 *
 * @throws {@link JournalNoSpaceError} when less than 64 MB are free.
 */
export function proveReserve(path: string, freeBytes: number): void {
  if (freeBytes < RESERVE_BYTES) throw new JournalNoSpaceError({ path, freeBytes });
}
