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
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasMark = text.startsWith(MARK);
    return { path, text: hasMark ? text.slice(MARK.length) : text, hasMark };
  } catch {
    return { path, problem: 'it is not UTF-8' };
  }
}

async function readBytes(file: string): Promise<Uint8Array | string> {
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

/** A statement on one line, short enough to be listed. */
export function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
