import { basename, dirname } from 'node:path/posix';

import { OLD_PACKAGE } from '../inspect/old-modules.ts';
import { type ModuleName, type ModulePlaces, resolveModule } from '../inspect/resolve-module.ts';

/**
 * The folder the bridge goes to, from the root of the tree: the one Python finds the package of the old modules in, so
 * that whoever found them finds the bridge. The root of the tree when they lie in no such package.
 */
export function bridgeRootOf({ paths, files }: ModulePlaces): string {
  const [path] = paths.values();
  const home = folderOf(path ?? '');
  return basename(home) === OLD_PACKAGE ? aboveThePackage(home, files) : '';
}

/** The folder Python finds a name in; `undefined` when it lies above the tree. */
export function importRootOf(name: ModuleName, fromPath: string, places: ModulePlaces): string | undefined {
  if (name.dots > 0) return relativeRootOf(name.dots, fromPath, places);
  const found = resolveModule(name, fromPath, places);
  const path = found === undefined ? undefined : places.paths.get(found.module);
  if (path === undefined) return bridgeRootOf(places);
  return path.split('/').slice(0, -name.segments.length).join('/');
}

function relativeRootOf(dots: number, fromPath: string, { files }: ModulePlaces): string | undefined {
  let folder = folderOf(fromPath);
  for (let up = 1; up < dots && folder !== ''; up += 1) folder = folderOf(folder);
  return folder === '' ? undefined : aboveThePackage(folder, files);
}

function aboveThePackage(folder: string, files: ReadonlySet<string>): string {
  let above = folderOf(folder);
  while (above !== '' && files.has(`${above}/__init__.py`)) above = folderOf(above);
  return above;
}

function folderOf(path: string): string {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
}
