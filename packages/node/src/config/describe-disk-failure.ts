const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not use it',
  EPERM: 'your user may not use it',
  EROFS: 'it is on a read-only disk',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOTDIR: 'something on the way to it is a file',
};

/** What keeps a folder from being used, from what the file system threw; `undefined` when something else was thrown. */
export function describeDiskFailure(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const code = String(error.code);
  return WORDS[code] ?? `it cannot be reached (${code})`;
}
