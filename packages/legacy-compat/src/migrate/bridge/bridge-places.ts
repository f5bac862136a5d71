import { basename, dirname, join } from 'node:path/posix';

import { bridgeRootOf } from '../imports/import-root.ts';
import { describeModule } from '../inspect/describe-module.ts';
import { findBridge, withoutBridge } from '../inspect/find-bridge.ts';
import { isOldModule, OLD_PACKAGE, type OldModule } from '../inspect/old-modules.ts';
import { readImports } from '../inspect/python-imports.ts';
import { parsePython } from '../inspect/python-source.ts';
import { readSource } from '../inspect/read-source.ts';
import { findModules, type ModulePlaces } from '../inspect/resolve-module.ts';
import { walkTree } from '../inspect/walk-tree.ts';
import { pythonModules } from './python-modules.ts';

/** An old module that one of the bridge takes the place of. */
export interface ReplacedModule {
  readonly path: string;
  /** Its public names that the bridge does not have. What it only imports is not counted. */
  readonly gone: readonly string[];
  /** Why its names cannot be told. */
  readonly problem?: string;
}

/** Where the modules of the bridge go in a tree. */
export interface BridgePlaces {
  /** What comes before the package of the bridge: empty, or `src/`. */
  readonly root: string;
  /** The package `agent`: the one the old modules lie in, or one right in that folder. */
  readonly agent: string;
  /** How many folders the package `agent` lies below that folder. */
  readonly above: number;
  readonly replaced: readonly ReplacedModule[];
  /** Modules of the old names that are not in that package. */
  readonly elsewhere: readonly string[];
}

/**
 * Looks where the old modules lie, what the bridge does not answer of them, and which lie elsewhere.
 *
 * @throws {@link LegacyTreeError} when the folder cannot be read.
 */
export async function findPlaces(folder: string): Promise<BridgePlaces> {
  const tree = await walkTree(folder, { isTolerant: true });
  const bridge = await findBridge(tree);
  const places = findModules(withoutBridge(tree, bridge));
  const above = bridgeRootOf(places);
  const root = above === '' ? '' : `${above}/`;
  const agent = agentFolder(places) ?? `${root}${OLD_PACKAGE}`;
  const found = [...places.files].filter((path) => path.endsWith('.py') && !bridge.has(path));
  const old = found.flatMap((path) => {
    const module = basename(path, '.py');
    return isOldModule(module) ? [{ path, module }] : [];
  });
  const isInside = ({ path }: { readonly path: string }) => dirname(path) === agent;
  const replaced = [];
  for (const one of old.filter(isInside)) replaced.push(await describeLoss(tree.root, one, places));
  return {
    root,
    agent,
    above: agent.slice(root.length).split('/').length,
    replaced,
    elsewhere: old.filter((one) => !isInside(one)).map(({ path }) => path),
  };
}

function agentFolder({ paths }: ModulePlaces): string | undefined {
  const [path = ''] = paths.values();
  return basename(dirname(path)) === OLD_PACKAGE ? dirname(path) : undefined;
}

interface OldFile {
  readonly path: string;
  readonly module: OldModule;
}

async function describeLoss(
  root: string,
  { path, module }: OldFile,
  places: ModulePlaces,
): Promise<ReplacedModule> {
  const file = await readSource(join(root, path), path);
  if ('problem' in file) return { path, gone: [], problem: file.problem };
  const source = parsePython(file.text);
  const imported = new Set(
    readImports(source).flatMap(({ names }) => names.map(({ name, alias = name }) => alias.split('.')[0])),
  );
  const { names } = describeModule(module, path, { source, bytes: 0, places });
  const known = pythonModules[module]?.names ?? [];
  return {
    path,
    gone: names.filter((name) => !name.startsWith('_') && !imported.has(name) && !known.includes(name)),
  };
}
