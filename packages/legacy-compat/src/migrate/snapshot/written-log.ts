import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

import { ContentStore, isMissing } from './content-store.ts';

const writtenSchema = z.strictObject({
  /** The real path of the tree. */
  root: z.string(),
  path: z.string(),
  /** The hash of what was there; `null` when nothing was. */
  before: z.string().nullable(),
  /** The hash of what was written. */
  after: z.string(),
});

/** A file a migration has written into a tree. */
export type WrittenFile = Readonly<z.infer<typeof writtenSchema>>;

/**
 * Notes down what is about to be written. Done first: a process that dies in between leaves a note too many, and never
 * a file that would be taken for somebody else's.
 */
export async function recordWritten(stateDirectory: string, files: readonly WrittenFile[]): Promise<void> {
  const { writtenLog } = new ContentStore(stateDirectory);
  await mkdir(dirname(writtenLog), { recursive: true, mode: 0o700 });
  const handle = await open(writtenLog, 'a', 0o600);
  try {
    await handle.writeFile(files.map((file) => `${JSON.stringify(file)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What migrations have written into a tree, the oldest first. A line that was cut by a crash is passed over. */
export async function readWritten(stateDirectory: string, root: string): Promise<readonly WrittenFile[]> {
  const text = await readIfThere(new ContentStore(stateDirectory).writtenLog);
  return text
    .split('\n')
    .flatMap((line) => parseLine(line) ?? [])
    .filter((file) => file.root === root);
}

function parseLine(line: string): WrittenFile | undefined {
  try {
    return writtenSchema.parse(JSON.parse(line));
  } catch {
    return undefined; // nothing was written after such a note
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
