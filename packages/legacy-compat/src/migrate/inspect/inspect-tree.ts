import { join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { compareModules } from './compare-modules.ts';
import { type Dependency, describeModule } from './describe-module.ts';
import { drawGraph } from './dependency-graph.ts';
import { findFeatures } from './features.ts';
import { findRisks } from './find-risks.ts';
import type { Inventory, ModuleInventory, UnreadFile } from './inventory.ts';
import { oldModules } from './old-modules.ts';
import { findPythonReferences } from './python-references.ts';
import { parsePython } from './python-source.ts';
import { readSource } from './read-source.ts';
import type { Reference } from './reference.ts';
import { findModules, type ModulePlaces } from './resolve-module.ts';
import { findScriptReferences } from './script-references.ts';
import { isScriptPath, parseScript } from './script-source.ts';
import { findMentions, isTextPath } from './text-mentions.ts';
import { type Tree, type TreeEntry, walkTree } from './walk-tree.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const TOO_LARGE = 'it is larger than 4 MB';
const NOT_UTF8 = 'it is not UTF-8';

/**
 * Reads an old checkout and tells what the six orchestrators are, who uses them and what may break. Nothing of it is
 * run or changed; what cannot be read is named.
 *
 * @throws {@link LegacyTreeError} when the folder cannot be read, or has none of the six.
 */
export async function inspectTree(folder: string): Promise<Inventory> {
  const tree = await walkTree(folder);
  const places = findModules(tree);
  if (places.paths.size === 0) {
    throw new LegacyTreeError({ problem: `${tree.root} has none of ${oldModules.join('.py, ')}.py` });
  }
  const scan = await scanFiles(tree.root, tree.entries, places);
  const described = await describeModules(tree, places, scan.references);
  const modules = described.map(({ inventory }) => inventory);
  const missing = oldModules.filter((module) => !places.paths.has(module));
  return {
    version: 1,
    root: tree.root,
    sources: scan.sources,
    modules,
    missing,
    commonDependencies: commonOf(modules),
    references: scan.references,
    comparisons: compareModules(
      described
        .filter(({ inventory }) => isRead(inventory))
        .map(({ inventory, text }) => ({ ...inventory, text })),
    ),
    risks: findRisks({ modules, missing, references: scan.references, unread: scan.unread }),
    unread: scan.unread,
    leftOut: tree.leftOut,
    graph: drawGraph(modules, scan.references),
  };
}

interface Scan {
  readonly sources: number;
  readonly references: readonly Reference[];
  readonly unread: readonly UnreadFile[];
}

async function scanFiles(root: string, entries: readonly TreeEntry[], places: ModulePlaces): Promise<Scan> {
  const references: Reference[] = [];
  const unread: UnreadFile[] = [];
  const sources = entries.filter(({ kind, path }) => kind === 'file' && isSourcePath(path));
  const texts = entries.filter(({ kind, path }) => kind === 'file' && isTextPath(path));
  for (const { path, bytes } of [...sources, ...texts]) {
    const read = bytes > MOST_BYTES ? { found: [], problem: TOO_LARGE } : await scanFile(root, path, places);
    references.push(...read.found);
    if (isSourcePath(path) && read.problem !== undefined) unread.push({ path, problem: read.problem });
  }
  return { sources: sources.length, references, unread };
}

/** Whether a path is that of a source that can be read. */
export function isSourcePath(path: string): boolean {
  return isPythonPath(path) || isScriptPath(path);
}

/** Whether a path is that of a Python source. */
export function isPythonPath(path: string): boolean {
  return /\.pyi?$/u.test(path);
}

interface FileScan {
  readonly found: readonly Reference[];
  readonly problem?: string;
}

async function scanFile(root: string, path: string, places: ModulePlaces): Promise<FileScan> {
  const file = await readSource(join(root, path), path);
  if (file === undefined) return { found: [], problem: NOT_UTF8 };
  if (isPythonPath(path)) {
    const source = parsePython(file.text);
    return { found: findPythonReferences(source, path, places), ...problemOf(source.problemLines) };
  }
  if (!isScriptPath(path)) return { found: findMentions(file.text, path) };
  const source = parseScript(file.text, path);
  return { found: findScriptReferences(source, path, places), ...problemOf(source.problemLines) };
}

/** What is told of lines that were not understood. */
export function problemOf(lines: readonly number[]): { readonly problem?: string } {
  if (lines.length === 0) return {};
  const shown = lines.slice(0, 5).join(', ');
  return { problem: `not understood: line ${shown}${lines.length > 5 ? ' and more' : ''}` };
}

async function describeModules(
  { root, entries }: Tree,
  places: ModulePlaces,
  references: readonly Reference[],
) {
  const described: { readonly inventory: ModuleInventory; readonly text: string }[] = [];
  for (const [module, path] of places.paths) {
    const bytes = entries.find((entry) => entry.path === path)?.bytes ?? 0;
    const isLarge = bytes > MOST_BYTES;
    const file = isLarge ? undefined : await readSource(join(root, path), path);
    const source = parsePython(file?.text ?? '');
    const inventory = {
      ...describeModule(module, path, { source, bytes, places }),
      ...(file === undefined ? { problem: isLarge ? TOO_LARGE : NOT_UTF8 } : {}),
      features: findFeatures(source),
      uniqueDependencies: [],
      tests: testsOf(references.filter((reference) => reference.module === module)),
    };
    described.push({ inventory, text: source.text });
  }
  const all = described.map(({ inventory }) => inventory);
  return described.map(({ inventory, text }) => ({
    text,
    inventory: { ...inventory, uniqueDependencies: uniqueOf(inventory, all) },
  }));
}

function testsOf(references: readonly Reference[]): readonly string[] {
  return [...new Set(references.filter(({ isTest }) => isTest).map(({ path }) => path))];
}

function uniqueOf(one: ModuleInventory, all: readonly ModuleInventory[]): readonly Dependency[] {
  const others = all.filter(({ module }) => module !== one.module);
  return one.dependencies.filter(({ name }) => !others.some((other) => has(other, name)));
}

function commonOf(modules: readonly ModuleInventory[]): readonly Dependency[] {
  const [first, ...others] = modules.filter(isRead);
  return (first?.dependencies ?? []).filter(({ name }) => others.every((module) => has(module, name)));
}

function isRead({ problem }: ModuleInventory): boolean {
  return problem === undefined;
}

function has({ dependencies }: ModuleInventory, name: string): boolean {
  return dependencies.some((dependency) => dependency.name === name);
}
