import { readFile } from 'node:fs/promises';

import { LegacyConfigError } from '../errors.ts';
import { fromLegacyConfig, type TranslatedConfig } from '../translate/from-legacy-config.ts';

/**
 * Reads a `project_config.json` and translates it. The old file is not changed.
 *
 * @throws {@link LegacyConfigError} when the file cannot be read or is not such a configuration.
 */
export async function migrateConfigFile(file: string): Promise<TranslatedConfig> {
  return fromLegacyConfig(await readJson(file));
}

async function readJson(file: string): Promise<unknown> {
  try {
    const value: unknown = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/u, ''));
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LegacyConfigError({ problem: `${file}: ${reason}`, cause: error });
  }
}
