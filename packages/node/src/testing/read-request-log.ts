import { readFile } from 'node:fs/promises';

import { RequestLogDamagedError } from './errors.ts';
import { requestArrivalSchema, requestLogRecordSchema, toPendingEntry } from './request-log.ts';
import type { RequestLogEntry } from './request-log.ts';

/**
 * Reads the request log of a fake OpenAI server, which may be running or have been killed.
 *
 * A last line without its end is being written, and left out. When servers used the file one after the other,
 * their requests follow one another, each server counting from 1.
 *
 * @throws {@link RequestLogDamagedError} when a line is not a record of a request log.
 */
export async function readRequestLog(path: string): Promise<readonly RequestLogEntry[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  const entries: RequestLogEntry[] = [];
  for (const [index, line] of lines.entries()) {
    addRecord(entries, parseRecord(line, { path, line: index + 1 }));
  }
  return entries;
}

function addRecord(entries: RequestLogEntry[], parsed: ReturnType<typeof parseRecord>): void {
  if (parsed.record === 'request') {
    entries.push(toPendingEntry(requestArrivalSchema.parse(parsed)));
    return;
  }
  const { n, outcome, status, endedAtMs } = parsed;
  const index = entries.findLastIndex((entry) => entry.n === n);
  const entry = entries[index];
  if (entry !== undefined) {
    entries[index] = { ...entry, outcome, status, endedAtMs };
  }
}

function parseRecord(text: string, place: { path: string; line: number }) {
  try {
    return requestLogRecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RequestLogDamagedError({ ...place, cause });
  }
}
