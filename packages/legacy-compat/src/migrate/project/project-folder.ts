import { mkdir } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

import { LegacyCallError } from '../../shims/errors.ts';
import { readConfig } from './read-config.ts';
import { visibleText } from './visible-text.ts';

/** Where the old modules looked for what to do. */
const CONFIG_FILE = 'project_config.json';

/**
 * Reads the `project_config.json` of a folder, as it is written.
 *
 * @throws {@link LegacyConfigError} when it cannot be read or is no JSON object.
 */
export async function readProjectConfig(folder: string): Promise<unknown> {
  return readConfig(resolve(folder, CONFIG_FILE));
}

/**
 * The folder a configuration names, inside that of the context; it is made when it is not there, as it always was.
 *
 * @throws {@link LegacyCallError} when it lies elsewhere.
 */
export async function openProjectFolder(folder: string, subfolder: string): Promise<string> {
  const path = resolve(folder, subfolder);
  const way = relative(resolve(folder), path);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    const place = visibleText(path);
    throw new LegacyCallError({
      problem: `project_subdir names ${place}, which is not inside ${visibleText(resolve(folder))}`,
      advice: `Start from ${place} with "." as project_subdir, or from a folder above it.`,
    });
  }
  await mkdir(path, { recursive: true });
  return path;
}
