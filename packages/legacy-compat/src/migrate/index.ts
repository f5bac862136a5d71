export { migrateConfigFile } from './migrate-config.ts';
export type { TranslatedConfig } from '../translate/from-legacy-config.ts';
