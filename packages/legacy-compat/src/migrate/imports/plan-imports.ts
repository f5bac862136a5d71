import { join } from 'node:path';

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

import { findBridge, withoutBridge } from '../inspect/find-bridge.ts';
import { isPythonPath, isSourcePath, problemOf } from '../inspect/inspect-tree.ts';
import { parsePython } from '../inspect/python-source.ts';
import { lineAt, onOneLine, readSource, type SourceText, type UnreadFile } from '../inspect/read-source.ts';
import { findModules, type ModulePlaces } from '../inspect/resolve-module.ts';
import { parseScript } from '../inspect/script-source.ts';
import { walkTree } from '../inspect/walk-tree.ts';
import { commentEdits, type Decision } from './decision.ts';
import { applyEdits } from './edit.ts';
import { type Mention, mentionsOutside } from './find-mentions.ts';
import { bridgeRootOf } from './import-root.ts';
import { isFreeName } from './python-names.ts';
import { rewritePython } from './rewrite-python.ts';
import { rewriteScript } from './rewrite-script.ts';
import type { Rewriting } from './rewriting.ts';

/** The Python package that takes the place of the old modules, unless another is named. */
export const DEFAULT_BRIDGE = 'jarvis_bridge';

/** Which tree, and where its Python imports are sent. */
export interface ImportsOptions {
  readonly folder: string;
  /** Default: `jarvis_bridge`. */
  readonly bridge?: string;
}

/** What is left to a person, with its place in the file as it is now. */
export interface OpenDecision {
  readonly line: number;
  readonly statement: string;
  readonly why: string;
}

/** A file that names old modules. */
export interface PlannedFile {
  readonly path: string;
  /** What lies there, and what would. The same when a person was told everything before. */
  readonly before: string;
  readonly after: string;
  readonly diff: string;
  readonly rewritten: number;
  readonly decisions: readonly OpenDecision[];
  /** Loads whose name only a run can tell, and nothing says that it is that of an old module: no comment is written. */
  readonly untold: readonly Omit<OpenDecision, 'why'>[];
  /** What of it was not understood; the rest is rewritten all the same. */
  readonly problem?: string;
}

/** How the imports of a tree would be rewritten. */
export interface ImportsPlan {
  /** The real path. */
  readonly root: string;
  readonly bridge: string;
  readonly files: readonly PlannedFile[];
  readonly unread: readonly UnreadFile[];
  /** Who names an old module outside code; that is not rewritten. */
  readonly mentions: readonly Mention[];
  /** The old modules themselves and the bridge: they are not rewritten. */
  readonly left: readonly string[];
}

/** Whether a Python package can be called so, and hides no module of the standard library. */
export function isBridgeName(name: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u.test(name) && name.length <= 100 && isFreeName(name);
}

/**
 * Plans how the imports of the six old modules are sent to the new ones. Nothing is changed.
 *
 * @throws {@link LegacyTreeError} when the folder cannot be read.
 */
export async function planImports({ folder, bridge = DEFAULT_BRIDGE }: ImportsOptions): Promise<ImportsPlan> {
  const tree = await walkTree(folder, { isTolerant: true });
  const bridged = await findBridge(tree);
  const places = findModules(withoutBridge(tree, bridged));
  const bridgeRoot = bridgeRootOf(places);
  const old = new Set(places.paths.values());
  const inBridge = `${bridge.replaceAll('.', '/')}/`;
  const isLeft = (path: string) =>
    old.has(path) || bridged.has(path) || path.startsWith(inBridge) || path.includes(`/${inBridge}`);
  const sources = tree.entries.filter(({ kind, path }) => kind === 'file' && isSourcePath(path));
  const planned: (PlannedFile | UnreadFile | undefined)[] = [];
  for (const { path } of sources.filter((entry) => !isLeft(entry.path))) {
    planned.push(await planFile(join(tree.root, path), path, { places, bridge, bridgeRoot }));
  }
  const found = planned.filter((file) => file !== undefined);
  return {
    root: tree.root,
    bridge,
    files: found.filter((file) => 'diff' in file),
    unread: [
      ...tree.unread,
      ...found.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, problem }])),
    ],
    mentions: await mentionsOutside(tree),
    left: sources.map(({ path }) => path).filter(isLeft),
  };
}

interface Target {
  readonly places: ModulePlaces;
  readonly bridge: string;
  readonly bridgeRoot: string;
}

/** `undefined` when the file names no old module. */
async function planFile(
  file: string,
  path: string,
  target: Target,
): Promise<PlannedFile | UnreadFile | undefined> {
  const source = await readSource(file, path);
  if ('problem' in source) return source;
  const { rewriting, problemLines, isReadable } = read(source, target);
  if (!isReadable) return { path, problem: problemOf(problemLines).problem ?? 'it is no script' };
  const { text } = source;
  const { edits, decisions, untold = [] } = rewriting;
  if (edits.length + decisions.length + untold.length === 0) return undefined;
  const comments = commentEdits(text, decisions, isPythonPath(path) ? '#' : '//');
  const after = applyEdits(text, [...edits, ...comments]);
  if (read({ ...source, text: after }, target).problemLines.length > problemLines.length) {
    return { path, problem: 'it could not be rewritten without breaking it; do it by hand' };
  }
  return {
    path,
    ...toBytes(source, after),
    diff: text === after ? '' : toDiff(path, text, after),
    ...problemOf(problemLines),
    rewritten: rewriting.rewritten,
    decisions: byPlace(decisions).map(({ place, why }) => ({ ...lineOf(text, place), why })),
    untold: untold.map((place) => lineOf(text, place)),
  };
}

function lineOf(text: string, place: number) {
  const statement = onOneLine(text.slice(place).split('\n', 1)[0] ?? '');
  return { line: lineAt(text, place), statement };
}

function byPlace(decisions: readonly Decision[]): readonly Decision[] {
  return [...decisions].sort((one, other) => one.place - other.place);
}

function read(
  { text, path }: SourceText,
  { places, ...target }: Target,
): { readonly rewriting: Rewriting; readonly problemLines: readonly number[]; readonly isReadable: boolean } {
  if (isPythonPath(path)) {
    const source = parsePython(text);
    const rewriting = rewritePython({ source, path, places, ...target });
    return { rewriting, problemLines: source.problemLines, isReadable: true };
  }
  const source = parseScript(text, path);
  const rewriting = rewriteScript({ source, path, places });
  return { rewriting, problemLines: source.problemLines, isReadable: source.top !== undefined };
}

function toDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function toBytes({ text, hasMark }: SourceText, after: string) {
  const mark = hasMark ? '\uFEFF' : '';
  return { before: mark + text, after: mark + after };
}
