// configuration
export { migrateConfigFile } from './migrate-config.ts';
export type { TranslatedConfig } from '../translate/from-legacy-config.ts';

// what an old tree consists of
export { inspectTree } from './inspect/inspect-tree.ts';
export { renderInventory } from './inspect/render-inventory.ts';
export type { Inventory } from './inspect/inventory.ts';
