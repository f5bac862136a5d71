import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';

import {
  encodeExchange,
  parseRecording,
  type RecordedExchange,
  recordingHeader,
  type RecordingSink,
  RecordingUnreadableError,
} from '@jarvis/core';

/** Prompts and answers are in it, so it is for its owner only. */
const OWNERS_ONLY = 0o600;

/**
 * A recording in a file, which is begun or gone on with once something is asked. Each exchange is on disk when
 * `append` resolves; what a killed process left of a line is cut off first. A file that is no recording stays as it
 * is. One process at a time writes to it.
 */
export function openRecordingFile(path: string): RecordingSink {
  let prepared: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  return {
    prepare: () => (prepared ??= withFile(path, makeReady)),
    append: (exchange) => {
      // One after the other, or two lines could become one.
      const written = last.then(() => withFile(path, (file) => write(file, encodeExchange(exchange))));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

/**
 * Reads a recording from a file.
 *
 * @throws {@link RecordingUnreadableError} when there is none, or the file is something else.
 */
export async function readRecordingFile(path: string): Promise<readonly RecordedExchange[]> {
  try {
    return parseRecording(await readFile(path, 'utf8'), path);
  } catch (cause) {
    throw toUnreadable(cause, path);
  }
}

/**
 * Finds out, before anything is asked, whether a file can be recorded to: there is none, or it is a recording.
 *
 * @throws {@link RecordingUnreadableError} when it is something else.
 */
export async function proveRecordingFile(path: string): Promise<void> {
  try {
    const content = await readFile(path, 'utf8');
    if (content !== '') parseRecording(content, path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw toUnreadable(cause, path);
  }
}

/** Opened anew each time, as nobody tells when the last exchange was recorded. */
async function withFile(
  path: string,
  work: (file: FileHandle, path: string) => Promise<void>,
): Promise<void> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
  try {
    const file = await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, OWNERS_ONLY);
    try {
      await work(file, path);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw toUnreadable(cause, path);
  }
}

async function makeReady(file: FileHandle, path: string): Promise<void> {
  const content = await file.readFile();
  if (content.length === 0) {
    await write(file, recordingHeader);
    return;
  }
  parseRecording(content.toString('utf8'), path);
  await file.truncate(content.lastIndexOf('\n') + 1);
}

async function write(file: FileHandle, line: string): Promise<void> {
  await file.appendFile(line);
  await file.sync();
}

/** A path nothing can be read from or written to is told like a file that is something else. */
function toUnreadable(cause: unknown, path: string): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return cause;
  const problem = `the file cannot be read or written (${String(cause.code)})`;
  return new RecordingUnreadableError({ source: path, line: 1, problem, cause });
}
