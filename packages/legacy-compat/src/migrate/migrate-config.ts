import { fromLegacyConfig, type TranslatedConfig } from '../translate/from-legacy-config.ts';
import { readConfig } from './project/read-config.ts';

/**
 * Reads a `project_config.json` and translates it. The old file is not changed.
 *
 * @throws {@link LegacyConfigError} when the file cannot be read or is not such a configuration.
 */
export async function migrateConfigFile(file: string): Promise<TranslatedConfig> {
  return fromLegacyConfig(await readConfig(file));
}
