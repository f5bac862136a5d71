/** What the system says about a path, in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not read or write it',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is no folder, or goes through something that is none',
  ENOTEMPTY: 'it is a folder that something else lies in',
  EPERM: 'the system does not let your user change it',
  EROFS: 'it is on a read-only disk',
};

/** Why the system could not do something, as a part of a sentence; the texts of the system itself are for programmers. */
export function systemProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (Object.hasOwn(PROBLEMS, code)) return PROBLEMS[code] ?? code;
  return code === '' ? error.message : `it cannot be used (${code})`;
}

/** Whether an error is one of the system, about a path for example. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
