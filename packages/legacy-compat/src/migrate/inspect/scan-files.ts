import { join } from 'node:path';

import { type DecodedText, readAnyText, readPython } from './decode-source.ts';
import { findPythonReferences } from './python-references.ts';
import { parsePython } from './python-source.ts';
import { readSource, type UnreadFile } from './read-source.ts';
import type { Reference } from './reference.ts';
import { type ModulePlaces, packagesOf } from './resolve-module.ts';
import { findScriptReferences } from './script-references.ts';
import { isScriptPath, parseScript } from './script-source.ts';
import { isPythonPath, isSourcePath, kindOfText, problemOf } from './source-kind.ts';
import { findMentions, isTextPath } from './text-mentions.ts';
import type { TreeEntry } from './walk-tree.ts';

/** Nobody writes a source of this size by hand, in bytes. */
export const MOST_BYTES: number = 4 * 1024 * 1024;

/** What is said of a larger one. */
export const TOO_LARGE = 'it is larger than 4 MB';

/** What the files of a tree say about the old modules. */
export interface Scan {
  /** How many sources were found. */
  readonly sources: number;
  readonly references: readonly Reference[];
  /** Sources and texts that could not be read, or not all of them. */
  readonly unread: readonly UnreadFile[];
}

/** Looks for the old modules in every source of a tree, and in every other text. */
export async function scanFiles(
  root: string,
  entries: readonly TreeEntry[],
  places: ModulePlaces,
): Promise<Scan> {
  const files = entries.filter(({ kind }) => kind === 'file');
  const sources = files.filter(({ path }) => isSourcePath(path));
  const texts = files.filter(({ path }) => !isSourcePath(path) && isTextPath(path));
  const references: Reference[] = [];
  const unread: UnreadFile[] = [];
  let count = sources.length;
  for (const { path, bytes } of [...sources, ...texts]) {
    const file = await readFileOf(root, path, bytes);
    if (file === undefined) continue;
    const { found, problem, isSource } =
      'problem' in file ? { ...file, found: [], isSource: false } : scan(file, places);
    references.push(...found);
    if (problem !== undefined) unread.push({ path, problem });
    if (isSource && !isSourcePath(path)) count += 1;
  }
  return { sources: count, references, unread };
}

/** `undefined` when it is no text. */
async function readFileOf(
  root: string,
  path: string,
  bytes: number,
): Promise<DecodedText | UnreadFile | undefined> {
  const file = join(root, path);
  if (!isSourcePath(path)) return readAnyText(file, path);
  if (bytes > MOST_BYTES) return { path, problem: TOO_LARGE };
  return isPythonPath(path) ? readPython(file, path) : readSource(file, path);
}

interface FileScan {
  readonly found: readonly Reference[];
  readonly isSource: boolean;
  readonly problem?: string;
}

function scan({ path, text }: DecodedText, places: ModulePlaces): FileScan {
  switch (kindOf(path, text)) {
    case 'python': {
      const source = parsePython(text);
      const found = findPythonReferences(source, path, places);
      return { found, isSource: true, ...problemOf(source.problemLines) };
    }
    case 'script': {
      const source = parseScript(text, path);
      const found = findScriptReferences(source, path, places);
      return { found, isSource: true, ...problemOf(source.problemLines) };
    }
    case 'text':
      return { found: findMentions(text, path, packagesOf(places)), isSource: false };
  }
}

function kindOf(path: string, text: string): ReturnType<typeof kindOfText> {
  if (isPythonPath(path)) return 'python';
  return isScriptPath(path) ? 'script' : kindOfText(text);
}
