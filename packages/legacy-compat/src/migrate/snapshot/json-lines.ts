import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { z } from 'zod';

import { isMissing } from './content-store.ts';

/** Adds a line for each value, and waits until the disk has them. */
export async function appendLines(file: string, values: readonly unknown[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What was added, the oldest first. A line that was cut by a crash is passed over: nothing was done after it. */
export async function readLines<Value>(file: string, schema: z.ZodType<Value>): Promise<readonly Value[]> {
  return (await readIfThere(file)).split('\n').flatMap((line) => {
    try {
      return [schema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
