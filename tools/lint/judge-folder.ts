import { posix } from 'node:path';

import type { FolderGroup, ImportPolicy } from './import-table.ts';
import type { SourcePlace } from './source-place.ts';

/**
 * Judges an import from one folder of a package to another. Tests may reach everywhere, and so may the files beside
 * the folders.
 *
 * @returns the sentence to show, or `undefined` when the import is fine.
 */
export function judgeFolder(
  name: string,
  { project, file, kind }: SourcePlace,
  { folders = [] }: Pick<ImportPolicy, 'folders'>,
): string | undefined {
  const [from, to] = [folderOf(file), folderOf(posix.join(posix.dirname(file), name))];
  if (kind !== 'source' || from === to) return undefined;
  const [own, other] = [rankOf(from, folders), rankOf(to, folders)];
  if (own === -1 || other === -1 || other < own) return undefined;
  if (other === own && folders[own]?.knowEachOther === true) return undefined;
  return (
    `${project}/src/${from} may not import src/${to}: what both need stands in a folder below them ` +
    '(see "The folders of loops" in docs/architecture.md).'
  );
}

/** The folder of a source; empty for the files beside the folders. */
function folderOf(file: string): string {
  const [root, folder = '', ...rest] = file.split('/');
  return root === 'src' && rest.length > 0 ? folder : '';
}

function rankOf(folder: string, groups: readonly FolderGroup[]): number {
  return groups.findIndex(({ names }) => names.includes(folder));
}
