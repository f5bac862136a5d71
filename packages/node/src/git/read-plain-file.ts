import { readFile, stat } from 'node:fs/promises';

const MAX_BYTES = 1_000_000;

/** A file of git's own kind of size, or `undefined` where there is none: a pipe or a device would never end. */
export async function readPlainFile(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= MAX_BYTES ? await readFile(path, 'utf8') : undefined;
  } catch {
    // Missing and unreadable are the same to whoever asks: git itself says what it needs.
    return undefined;
  }
}
