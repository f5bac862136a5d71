import { realpath } from 'node:fs/promises';

import {
  type ConfigInput,
  type ConfigLayer,
  type ConfigProblem,
  InvalidConfigError,
  mergeConfig,
  type MergedConfig,
  parseConfig,
} from '@jarvis/core';

import { findProjectConfig, findUserConfig } from './find-config.ts';
import { readConfigFile } from './read-config-file.ts';
import type { Environment } from './read-environment.ts';

export interface LoadConfigOptions {
  /** The project's folder. */
  readonly workspace: string;
  /** The file of `--config`: read in the place of the user's own. */
  readonly explicitFile?: string | undefined;
  readonly environment: Environment;
  /** What the command line says. */
  readonly flags: ConfigInput;
}

/** How the command line is called in messages and in `jarvis config`. */
const FLAGS_ORIGIN = 'command line';

/**
 * The configuration of a run: flags over environment over the user's file over the project's file over defaults.
 * The project's file may lower limits and choose models; it cannot lift a limit or redirect calls.
 *
 * @throws {@link InvalidConfigError} with everything that is wrong in any of them.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<MergedConfig> {
  const { environment, flags } = options;
  const project = await attempt(() => loadProjectLayer(options));
  const user = await attempt(() => loadUserLayer(options));
  const commandLine = await attempt(() => [toLayer(flags, FLAGS_ORIGIN, 'user')]);

  const layers = [project.value, user.value, environment.layers, commandLine.value].flatMap(
    (each) => each ?? [],
  );
  const merged = await attempt(() => mergeConfig(layers));
  const sources = [project, user, environment, commandLine, merged];
  const problems = sources.flatMap((each) => each.problems);
  if (merged.value === undefined || problems.length > 0) throw new InvalidConfigError({ problems });
  return merged.value;
}

async function loadProjectLayer({
  workspace,
  explicitFile,
}: LoadConfigOptions): Promise<readonly ConfigLayer[]> {
  const path = await findProjectConfig(workspace);
  // Who names a file with --config speaks for it: then it counts as the user's own, and only as that.
  if (path === undefined || (await isSameFile(path, explicitFile))) return [];
  return [toLayer(await readConfigFile(path), path, 'project')];
}

async function loadUserLayer({
  explicitFile,
  environment,
}: LoadConfigOptions): Promise<readonly ConfigLayer[]> {
  const path = explicitFile ?? (await findUserConfig(environment));
  return path === undefined ? [] : [toLayer(await readConfigFile(path), path, 'user')];
}

function toLayer(written: object, origin: string, level: ConfigLayer['level']): ConfigLayer {
  return { origin, level, config: parseConfig(written, origin) };
}

interface Attempt<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** Keeps the problems of one source, so that those of the others are found as well. */
async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work(), problems: [] };
  } catch (error) {
    if (error instanceof InvalidConfigError) return { value: undefined, problems: error.problems };
    throw error;
  }
}

async function isSameFile(path: string, other: string | undefined): Promise<boolean> {
  if (other === undefined) return false;
  try {
    return (await realpath(path)) === (await realpath(other));
  } catch {
    // One of them cannot be followed; reading it says so.
    return false;
  }
}
