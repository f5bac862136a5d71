import { basename, dirname } from 'node:path/posix';

import { isOldModule, OLD_PACKAGE, type OldModule, oldModules } from './old-modules.ts';
import type { Tree } from './walk-tree.ts';

/** Which of the old modules a tree has, and what else in it has such a name. */
export interface ModulePlaces {
  /** Where each lies, from the root of the tree. */
  readonly paths: ReadonlyMap<OldModule, string>;
  /** Every file of the tree. */
  readonly files: ReadonlySet<string>;
}

/** A module as a statement names it. */
export interface ModuleName {
  /** 0 for an absolute name. */
  readonly dots: number;
  readonly segments: readonly string[];
}

/** What a name means: an old module, something else, or one of two (`unclear`), so that a person has to look. */
export type Resolved = { readonly module: OldModule; readonly isUnclear: boolean } | undefined;

/** Finds the old modules: in the folder `agent` if it is there, else where they lie highest. */
export function findModules({ entries }: Pick<Tree, 'entries'>): ModulePlaces {
  const files = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const paths = new Map<OldModule, string>();
  for (const module of oldModules) {
    const [best] = files
      .filter((path) => path === `${module}.py` || path.endsWith(`/${module}.py`))
      .sort((one, other) => rank(one) - rank(other));
    if (best !== undefined) paths.set(module, best);
  }
  return { paths, files: new Set(files) };
}

function rank(path: string): number {
  const folders = path.split('/').slice(0, -1);
  const isHidden = folders.some((name) => name.startsWith('.'));
  return folders.length + (folders.at(-1) === OLD_PACKAGE ? 0 : 100) + (isHidden ? 1000 : 0);
}

/** The folders the old modules lie in, and the one they lay in. */
export function packagesOf({ paths }: Pick<ModulePlaces, 'paths'>): ReadonlySet<string> {
  const folders = [...paths.values()].map((path) => basename(dirname(path)));
  return new Set([OLD_PACKAGE, ...folders.filter((name) => name !== '.')]);
}

/** Tells which old module a name means in a file. */
export function resolveModule(name: ModuleName, fromPath: string, places: ModulePlaces): Resolved {
  const module = name.segments.at(-1);
  if (!isOldModule(module)) return undefined;
  return name.dots > 0
    ? resolveRelative(name, fromPath, { module, places })
    : resolveAbsolute(name, fromPath, { module, places });
}

interface Wanted {
  readonly module: OldModule;
  readonly places: ModulePlaces;
}

function resolveRelative(name: ModuleName, fromPath: string, { module, places }: Wanted): Resolved {
  let folder = dirname(fromPath);
  for (let up = 1; up < name.dots; up += 1) folder = dirname(folder);
  const target = pathOf(folder, name.segments);
  const found = places.paths.get(module);
  const isOld = found === undefined ? endsWith(target, [OLD_PACKAGE, module]) : found === target;
  return isOld ? { module, isUnclear: false } : undefined;
}

function resolveAbsolute(name: ModuleName, fromPath: string, { module, places }: Wanted): Resolved {
  const found = places.paths.get(module);
  const beside = pathOf(dirname(fromPath), name.segments);
  const isOld =
    found === undefined
      ? name.segments.length === 1 || endsWith(pathOf('.', name.segments), [OLD_PACKAGE, module])
      : endsWith(found, name.segments);
  // A script finds what lies beside it first.
  return isOld ? { module, isUnclear: beside !== found && places.files.has(beside) } : undefined;
}

function pathOf(folder: string, segments: readonly string[]): string {
  return `${folder === '.' ? '' : `${folder}/`}${segments.join('/')}.py`;
}

function endsWith(path: string, segments: readonly string[]): boolean {
  const end = `${segments.join('/')}.py`;
  return path === end || path.endsWith(`/${end}`);
}
