import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { CliInput, CliOption } from '../commands/cli-command.ts';
import { UsageError } from '../errors.ts';

/** What a task of the longest length may need in UTF-8. */
const MAX_FILE_BYTES = 400_000;

export const taskFileOption: CliOption = {
  flags: '--task-file <file>',
  description: 'a text file with the task, in place of <task>',
};

/**
 * The task as it was written on the command line or in a file.
 *
 * @throws {@link UsageError} when there is none, or two, or the file is no text file.
 */
export async function readTask({ args, options }: CliInput, folder: string): Promise<string> {
  const [written] = args;
  const { taskFile } = options;
  const file = typeof taskFile === 'string' ? resolve(folder, taskFile) : undefined;
  if (written !== undefined && file !== undefined) {
    throw new UsageError({
      problem: 'A task and a task file were given.',
      hint: `Keep one of them: the words, or --task-file ${file}`,
    });
  }
  const task = written ?? (file === undefined ? undefined : await readTaskFile(file));
  if (task === undefined) {
    throw new UsageError({
      problem: 'The task is missing.',
      hint: 'Say what you want: jarvis run "Build a landing page", or name a file: --task-file task.md',
    });
  }
  return task;
}

async function readTaskFile(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    // A byte order mark of UTF-8 is left out by the decoder.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(path, 'it is not written in UTF-8', 'Save it as UTF-8.');
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  // Asked first: reading a pipe or a device would wait for ever.
  const found = await stat(path).catch((error: unknown) => {
    throw refuse(path, describe(error));
  });
  if (found.isDirectory()) throw refuse(path, 'it is a folder');
  if (!found.isFile()) throw refuse(path, 'it is a device, a pipe or a socket');
  if (found.size > MAX_FILE_BYTES) {
    throw refuse(path, `it has ${String(found.size)} bytes`, `${String(MAX_FILE_BYTES)} are the most.`);
  }
  return readFile(path).catch((error: unknown) => {
    throw refuse(path, describe(error));
  });
}

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
}

function refuse(path: string, problem: string, hint = 'Name a text file.'): UsageError {
  return new UsageError({ problem: `--task-file ${path}: ${problem}.`, hint });
}
