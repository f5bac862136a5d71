import type { Config, MergedConfig } from '@jarvis/core';

import { loadConfig, type LoadConfigOptions, trustedOrigin } from './load-config.ts';
import {
  findTrustPlace,
  forgetTrust,
  type JudgedFile,
  judgeTrust,
  recordTrust,
  type TrustPlace,
  type TrustVerdict,
} from './project-trust.ts';
import { type Environment, readEnvironment } from './read-environment.ts';

/** Which project is meant. */
export interface ProjectTrustOptions {
  readonly workspace: string;
  /** Default: `$JARVIS_HOME`, else the user's state directory of the operating system. */
  readonly stateDirectory?: string;
  /** A configuration file that is read in place of the user's own. */
  readonly configFile?: string;
  /** Default: the environment of this process. */
  readonly environment?: Environment;
}

/** A value a project's file sets. */
export interface TrustedValue {
  /** Dotted. */
  readonly key: string;
  /** What applies without the file. */
  readonly before: unknown;
  readonly written: unknown;
  /** Whether what is written would apply; otherwise the user's own configuration says something else today. */
  readonly applies: boolean;
}

/** How a project's configuration file stands, and everything it would be allowed to say. */
export interface ProjectTrust extends TrustPlace {
  readonly file: Pick<JudgedFile, 'path' | 'hash'>;
  readonly verdict: TrustVerdict;
  readonly values: readonly TrustedValue[];
}

/**
 * What trusting a project's configuration file would mean; `undefined` when it has none, or the user speaks for it
 * already. Show it to a person before {@link trustProject}.
 *
 * @throws {@link InvalidConfigError} when the file cannot be used, or says what no project file may say.
 */
export async function inspectProjectTrust(options: ProjectTrustOptions): Promise<ProjectTrust | undefined> {
  const { workspace, configFile, environment = readEnvironment() } = options;
  const place = await findTrustPlace({ ...options, environment });
  const wish: LoadConfigOptions = { workspace, environment, flags: {}, explicitFile: configFile };

  let file: JudgedFile | undefined;
  const after = await loadConfig({
    ...wish,
    judge: async (found) => {
      file = found;
      return 'trusted';
    },
  });
  if (file === undefined) return undefined;
  const before = await loadConfig({ ...wish, judge: async () => 'left-out' });
  const { path, hash } = file;
  return {
    ...place,
    file: { path, hash },
    verdict: await judgeTrust(place, file),
    values: listValues(file, before.config, after),
  };
}

/**
 * Trusts a project's configuration file as it was inspected: what it says counts like the user's own configuration,
 * until it changes.
 *
 * @throws {@link InvalidConfigError} when the state directory lies inside the project.
 */
export function trustProject(trust: ProjectTrust): void {
  recordTrust(trust, trust.file);
}

/** Trusts a project no longer, whatever its file says. */
export async function removeProjectTrust(options: ProjectTrustOptions): Promise<'removed' | 'none'> {
  return forgetTrust(await findTrustPlace(options));
}

function listValues(file: JudgedFile, before: Config, after: MergedConfig): readonly TrustedValue[] {
  return Object.entries(after.origins).flatMap(([key, origin]) => {
    const written = valueAt(file.config, key);
    if (written === undefined) return [];
    return [{ key, before: valueAt(before, key), written, applies: origin === trustedOrigin(file.path) }];
  });
}

function valueAt(config: object, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((inner, part) => (isObject(inner) ? Reflect.get(inner, part) : undefined), config);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
