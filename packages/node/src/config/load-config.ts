import { realpath } from 'node:fs/promises';

import {
  type ConfigInput,
  type ConfigLayer,
  type ConfigProblem,
  InvalidConfigError,
  isInvalidConfigError,
  mergeConfig,
  type MergedConfig,
  parseConfig,
} from '@jarvis/core';

import { findProjectConfig, findUserConfig } from './find-config.ts';
import type { JudgedFile, TrustVerdict } from './project-trust.ts';
import { readConfigFile, readHashedConfigFile } from './read-config-file.ts';
import type { Environment } from './read-environment.ts';

export interface LoadConfigOptions {
  /** The project's folder. */
  readonly workspace: string;
  /** The file of `--config`: read in the place of the user's own. */
  readonly explicitFile?: string | undefined;
  readonly environment: Environment;
  /** What the command line says. */
  readonly flags: ConfigInput;
  /** Whether the project's file is trusted. Default: it is not. */
  readonly judge?: (file: JudgedFile) => Promise<TrustVerdict | 'left-out'>;
}

/** How the command line is called in messages and in `jarvis config`. */
const FLAGS_ORIGIN = 'command line';

const TRUST_IS_VOID =
  'it has changed since you trusted it, so it may only tighten limits. Read it again, then: jarvis trust';

/**
 * The configuration of a run: flags over environment over the user's file over the project's file over defaults.
 * The project's file may lower limits and choose models; it cannot lift a limit unless it is trusted, nor redirect
 * calls.
 *
 * @throws {@link InvalidConfigError} with everything that is wrong in any of them.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<MergedConfig> {
  const { environment, flags } = options;
  const project = await attempt(() => loadProjectFile(options));
  const user = await attempt(() => loadUserLayer(options));
  const commandLine = await attempt(() => [toLayer(flags, FLAGS_ORIGIN, 'user')]);

  const { layers: projectLayers = [], notes = [] } = project.value ?? {};
  const layers = [projectLayers, user.value, environment.layers, commandLine.value].flatMap(
    (each) => each ?? [],
  );
  const merged = await attempt(() => mergeConfig(layers));
  const sources = [project, user, environment, commandLine, merged];
  const problems = sources.flatMap((each) => each.problems);
  if (merged.value === undefined || problems.length > 0) {
    throw new InvalidConfigError({ problems: [...notes, ...problems] });
  }
  return { ...merged.value, ignored: [...notes, ...merged.value.ignored] };
}

interface ProjectFile {
  readonly layers: readonly ConfigLayer[];
  readonly notes: readonly ConfigProblem[];
}

async function loadProjectFile(options: LoadConfigOptions): Promise<ProjectFile> {
  const { workspace, explicitFile, judge } = options;
  const path = await findProjectConfig(workspace);
  // Who names a file with --config speaks for it: then it counts as the user's own, and only as that.
  if (path === undefined || (await isSameFile(path, explicitFile))) return { layers: [], notes: [] };

  const { written, hash } = await readHashedConfigFile(path);
  const config = parseConfig(written, path);
  const verdict = (await judge?.({ path, hash, config })) ?? 'untrusted';
  switch (verdict) {
    case 'left-out':
      return { layers: [], notes: [] };
    case 'trusted':
      return { layers: [{ origin: trustedOrigin(path), level: 'trusted', config }], notes: [] };
    case 'untrusted':
      return { layers: [{ origin: path, level: 'project', config }], notes: [] };
    case 'changed':
      return {
        layers: [{ origin: path, level: 'project', config }],
        notes: [{ origin: path, key: '', problem: TRUST_IS_VOID }],
      };
  }
}

/** How a project's file is called where it says what only a trusted one may say. */
export function trustedOrigin(path: string): string {
  return `${path} (trusted)`;
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
    if (isInvalidConfigError(error)) return { value: undefined, problems: error.problems };
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
