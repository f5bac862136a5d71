import * as fileSystem from 'node:fs/promises';

/** The calls the workspace makes to the operating system, so that a test can let each of them fail. */
export type Disk = Pick<
  typeof fileSystem,
  'access' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'realpath' | 'rename' | 'rm' | 'rmdir'
>;

/** The disk of this machine. */
export const realDisk: Disk = fileSystem;

/** The operating system's code of an error, such as `ENOENT`; empty for anything else that was thrown. */
export function diskErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
