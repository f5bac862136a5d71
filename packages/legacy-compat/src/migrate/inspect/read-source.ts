import { readFile, stat } from 'node:fs/promises';

/** The text of a source file, as it was written. */
export interface SourceText {
  /** From the root of the tree. */
  readonly path: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly hasMark: boolean;
}

const MARK = '\uFEFF';

/** Nobody writes sources of this size, in bytes; reading one would fill the memory. */
const LARGEST = 64 * 1024 * 1024;

/** Reads a text; `undefined` when it is not UTF-8, or larger than 64 MB. */
export async function readSource(file: string, path: string): Promise<SourceText | undefined> {
  if ((await stat(file)).size > LARGEST) return undefined;
  const bytes = await readFile(file);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasMark = text.startsWith(MARK);
    return { path, text: hasMark ? text.slice(MARK.length) : text, hasMark };
  } catch {
    return undefined; // the decoder's only error, and the caller names the file
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
