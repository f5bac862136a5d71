import { lstat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { InvalidConfigError } from '@jarvis/core';

import type { Environment } from './read-environment.ts';

const DATA_EXTENSIONS = ['json', 'yaml', 'yml'];

/** Configuration as code is not read: a project's file is data, and leaving one out silently would mislead. */
const CODE_EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];

/**
 * The configuration file of a project: `jarvis.config.json`, `.yaml` or `.yml` in its folder.
 *
 * @throws {@link InvalidConfigError} when there are several, or one that is code.
 */
export async function findProjectConfig(workspace: string): Promise<string | undefined> {
  const code = await findFiles(workspace, 'jarvis.config', CODE_EXTENSIONS);
  if (code.length > 0) {
    const problem =
      'configuration as code is not read. Write it as jarvis.config.json or jarvis.config.yaml.';
    throw new InvalidConfigError({ problems: code.map((origin) => ({ origin, key: '', problem })) });
  }
  return theOnly(await findFiles(workspace, 'jarvis.config', DATA_EXTENSIONS));
}

/**
 * The configuration file of the user: `jarvis/config.json`, `.yaml` or `.yml` in `$XDG_CONFIG_HOME` or `~/.config`.
 *
 * @throws {@link InvalidConfigError} when there are several.
 */
export async function findUserConfig(
  environment: Pick<Environment, 'xdgConfigHome' | 'homeDirectory'>,
): Promise<string | undefined> {
  const { xdgConfigHome, homeDirectory } = environment;
  // The XDG specification asks to ignore a relative path.
  const isUsable = xdgConfigHome !== undefined && isAbsolute(xdgConfigHome);
  const folder = join(isUsable ? xdgConfigHome : join(homeDirectory, '.config'), 'jarvis');
  return theOnly(await findFiles(folder, 'config', DATA_EXTENSIONS));
}

function theOnly(paths: readonly string[]): string | undefined {
  const [first, ...others] = paths;
  if (first === undefined || others.length === 0) return first;
  const problem = `there is also ${others.join(' and ')}. Keep one of them.`;
  throw new InvalidConfigError({ problems: [{ origin: first, key: '', problem }] });
}

async function findFiles(
  folder: string,
  name: string,
  extensions: readonly string[],
): Promise<readonly string[]> {
  const paths = extensions.map((extension) => join(folder, `${name}.${extension}`));
  const found = await Promise.all(paths.map(isThere));
  return paths.filter((_, index) => found[index] === true);
}

/** What cannot be followed or looked at counts as there: reading it then says why it cannot be used. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)));
  }
}
