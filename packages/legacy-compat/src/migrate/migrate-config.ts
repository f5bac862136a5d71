import { InvalidConfigError, isInvalidConfigError } from '@jarvis/core';

import { LegacyConfigError } from '../errors.ts';
import { fromLegacyConfig, type TranslatedConfig } from '../translate/from-legacy-config.ts';
import type { LegacyModule } from '../translate/legacy-modules.ts';
import type { LegacyVariables } from '../translate/legacy-variables.ts';
import { readConfig } from './project/read-config.ts';
import { visibleText } from './project/visible-text.ts';

/** What the file itself does not say. */
export interface MigrateConfigOptions {
  /** The old variables of the environment that name models. */
  readonly variables?: LegacyVariables;
  /** The module that ran the project. Default: the one the file names, or a question in the notes. */
  readonly module?: LegacyModule | undefined;
}

/**
 * Reads a `project_config.json`, or the same as YAML in a file that ends in `.yaml` or `.yml`, and translates it. The old
 * file is not changed.
 *
 * @throws {@link LegacyConfigError} when the file cannot be read or is not such a configuration.
 * @throws {@link InvalidConfigError} when a section under `orchestrator.config` is none of this release.
 */
export async function migrateConfigFile(
  file: string,
  { variables = {}, module }: MigrateConfigOptions = {},
): Promise<TranslatedConfig> {
  const written = await readConfig(file);
  try {
    return fromLegacyConfig(written, variables, module);
  } catch (error) {
    throw nameFile(visibleText(file), error);
  }
}

/** The translation does not know where what it reads came from. */
function nameFile(file: string, error: unknown): unknown {
  if (error instanceof LegacyConfigError) {
    return new LegacyConfigError({
      problem: error.problems.map((problem) => `${file}: ${problem}`),
      cause: error,
    });
  }
  if (!isInvalidConfigError(error)) return error;
  const problems = error.problems.map((found) => ({ ...found, origin: `${file}: ${found.origin}` }));
  return new InvalidConfigError({ problems, cause: error });
}
