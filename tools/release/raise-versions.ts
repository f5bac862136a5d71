import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readManifest } from '../workspace/manifest.ts';
import { runIn } from './run-in.ts';

/** The constants that tell the version at run time, where package.json cannot be read. */
const CARRIERS = [
  { file: 'packages/loops/src/orchestrator/release.ts', constant: 'RELEASE' },
  { file: 'packages/cli/src/version.ts', constant: 'VERSION' },
] as const;

/**
 * Raises the version of all packages as the changesets say, also in the sources that carry it and in the lock file.
 *
 * @param folder a checkout of this repository whose dependencies are installed
 * @returns the new version.
 */
export async function raiseVersions(folder: string): Promise<string> {
  await runIn(folder, ['changeset', 'version']);
  const { version } = readManifest(join(folder, 'packages/loops/package.json'));
  if (typeof version !== 'string') throw new Error('packages/loops/package.json has no version');
  for (const { file, constant } of CARRIERS) {
    const path = join(folder, file);
    await writeFile(path, stampVersion(await readFile(path, 'utf8'), constant, version));
  }
  await runIn(folder, ['npm', 'install', '--package-lock-only', '--ignore-scripts']);
  return version;
}

/** A source text whose exported constant has another version; a text without the constant is refused. */
export function stampVersion(source: string, constant: string, version: string): string {
  const declaration = new RegExp(`^(export const ${constant} = ')[^']*(';)$`, 'mu');
  if (!declaration.test(source)) throw new Error(`no line says: export const ${constant} = '…';`);
  return source.replace(declaration, `$1${version}$2`);
}
