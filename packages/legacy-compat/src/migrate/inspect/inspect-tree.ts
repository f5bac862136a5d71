import { join } from 'node:path';

import { LegacyTreeError } from '../../errors.ts';
import { visibleText } from '../project/visible-text.ts';
import { compareModules } from './compare-modules.ts';
import { type Dependency, describeModule } from './describe-module.ts';
import { readPython } from './decode-source.ts';
import { drawGraph } from './dependency-graph.ts';
import { findBridge, withoutBridge } from './find-bridge.ts';
import { findFeatures } from './features.ts';
import { findRisks } from './find-risks.ts';
import type { Inventory, ModuleInventory } from './inventory.ts';
import { oldModules } from './old-modules.ts';
import { parsePython } from './python-source.ts';
import type { Reference } from './reference.ts';
import { findModules, type ModulePlaces } from './resolve-module.ts';
import { MOST_BYTES, scanFiles, TOO_LARGE } from './scan-files.ts';
import { type Tree, walkTree } from './walk-tree.ts';

export { isPythonPath, isSourcePath, problemOf } from './source-kind.ts';

/**
 * Reads an old checkout and tells what the six orchestrators are, who uses them and what may break. Nothing of it is
 * run or changed; what cannot be read is named.
 *
 * @throws {@link LegacyTreeError} when the folder cannot be read, or has none of the six.
 */
export async function inspectTree(folder: string): Promise<Inventory> {
  const tree = await walkTree(folder, { isTolerant: true });
  const bridge = await findBridge(tree);
  const places = findModules(withoutBridge(tree, bridge));
  if (places.paths.size === 0) throw noModules(tree.root, bridge);
  const others = tree.entries.filter(({ path }) => !bridge.has(path));
  const scan = await scanFiles(tree.root, others, places);
  const unread = [...tree.unread, ...scan.unread];
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
    risks: findRisks({ modules, missing, references: scan.references, unread }),
    unread,
    bridge: [...bridge],
    leftOut: tree.leftOut,
    graph: drawGraph(modules, scan.references),
  };
}

function noModules(root: string, bridge: ReadonlySet<string>): LegacyTreeError {
  const none = `${visibleText(root)} has none of ${oldModules.join('.py, ')}.py`;
  const problem = bridge.size === 0 ? none : `${none} but those of the bridge of jarvis migrate python`;
  return new LegacyTreeError({ problem });
}

async function describeModules(
  { root, entries }: Tree,
  places: ModulePlaces,
  references: readonly Reference[],
) {
  const described: { readonly inventory: ModuleInventory; readonly text: string }[] = [];
  for (const [module, path] of places.paths) {
    const bytes = entries.find((entry) => entry.path === path)?.bytes ?? 0;
    const file = bytes > MOST_BYTES ? { problem: TOO_LARGE } : await readPython(join(root, path), path);
    const source = parsePython('problem' in file ? '' : file.text);
    const inventory = {
      ...describeModule(module, path, { source, bytes, places }),
      ...('problem' in file ? { problem: file.problem } : {}),
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
