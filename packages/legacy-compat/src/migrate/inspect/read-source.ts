import { readFile, stat } from 'node:fs/promises';

import { isSystemError, systemProblem } from '../project/system-problem.ts';

/** The text of a source file, as it was written. */
export interface SourceText {
  /** From the root of the tree. */
  readonly path: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly hasMark: boolean;
}

/** A file or folder that could not be read, or not all of it. */
export interface UnreadFile {
  readonly path: string;
  readonly problem: string;
}

const MARK = '\uFEFF';

/** Nobody writes sources of this size, in bytes; reading one would fill the memory. */
const LARGEST = 64 * 1024 * 1024;

/** Reads a text, or tells why it cannot be read. */
export async function readSource(file: string, path: string): Promise<SourceText | UnreadFile> {
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') return { path, problem: bytes };
  const text = decodeUtf8(bytes);
  if (text === undefined) return { path, problem: NOT_UTF8 };
  const hasMark = text.startsWith(MARK);
  return { path, text: hasMark ? text.slice(MARK.length) : text, hasMark };
}

/** What is said of a text in another encoding. */
export const NOT_UTF8 = 'it is not UTF-8';

/** The text of UTF-8, with its byte order mark; `undefined` when it is none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // what cannot be decoded is told by the caller
  }
}

/** The bytes of a file, or why they cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array | string> {
  try {
    return (await stat(file)).size > LARGEST ? 'it is larger than 64 MB' : await readFile(file);
  } catch (error) {
    if (isSystemError(error)) return systemProblem(error);
    throw error;
  }
}

/** The 1-based line of a place in a text. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < place; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** So long may what is shown of a source be, in characters. */
export const MOST_SHOWN = 160;

/** A statement on one line, short enough to be listed. */
export function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN - 3)}...` : line;
}

/** The line a place of a text is on, or of a long one what is around the place. */
export function excerptAt(text: string, place: number): string {
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const end = text.indexOf('\n', place);
  const line = text.slice(start, end === -1 ? text.length : end);
  if (line.trim().length <= MOST_SHOWN || place - start < MOST_SHOWN / 2) return onOneLine(line);
  return onOneLine(`...${line.slice(place - start - MOST_SHOWN / 2)}`);
}
