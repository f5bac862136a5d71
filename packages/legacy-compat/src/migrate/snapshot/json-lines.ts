import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { z } from 'zod';

import { LegacySnapshotStoreError } from '../../errors.ts';
import { inStore, openToAppend, readStored } from './stored-file.ts';

/**
 * Adds a line for each value, and waits until the disk has them.
 *
 * @throws {@link LegacySnapshotStoreError} when the file cannot be written.
 */
export async function appendLines(file: string, values: readonly unknown[]): Promise<void> {
  await inStore(file, async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await openToAppend(file);
    try {
      await handle.writeFile(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * What was added, the oldest first. A line that was cut by a crash is passed over: nothing was done after it.
 *
 * @throws {@link LegacySnapshotStoreError} when something is there that cannot be read: it is not known then what was added.
 */
export async function readLines<Value>(file: string, schema: z.ZodType<Value>): Promise<readonly Value[]> {
  return (await readText(file)).split('\n').flatMap((line) => {
    try {
      return [schema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

async function readText(file: string): Promise<string> {
  const stored = await inStore(file, () => readStored(file));
  if (stored === 'absent') return '';
  if (stored !== 'unusable') return new TextDecoder().decode(stored);
  throw new LegacySnapshotStoreError({ path: file, problem: 'it is no file that can be read' });
}
