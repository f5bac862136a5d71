import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { readConfig } from './read-config.ts';

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

/** The folder a configuration names; it is made when it is not there, as it always was. */
export async function openProjectFolder(folder: string, subfolder: string): Promise<string> {
  const path = resolve(join(folder, subfolder));
  await mkdir(path, { recursive: true });
  return path;
}
