// configuration
export { migrateConfigFile } from './migrate-config.ts';
export type { MigrateConfigOptions } from './migrate-config.ts';
export { legacyModuleNames } from '../translate/legacy-modules.ts';
export type { TranslatedConfig } from '../translate/from-legacy-config.ts';

// what an old tree consists of
export { inspectTree } from './inspect/inspect-tree.ts';
export { renderInventory } from './inspect/render-inventory.ts';
export type { Inventory } from './inspect/inventory.ts';

// keeping an old tree, and bringing it back
export { takeSnapshot } from './snapshot/take-snapshot.ts';
export type { Snapshot, SnapshotOptions } from './snapshot/take-snapshot.ts';
export { rollBack } from './snapshot/roll-back.ts';
export type { Rollback, RollbackOptions } from './snapshot/roll-back.ts';
export { listSnapshots } from './snapshot/list-snapshots.ts';
export type { ListedSnapshot } from './snapshot/list-snapshots.ts';
export { renderRollback, renderSnapshot, renderSnapshots } from './snapshot/render-snapshot.ts';
export { recordWritten } from './snapshot/written-log.ts';
export type { WrittenFile } from './snapshot/written-log.ts';

// imports of the old modules
export { DEFAULT_BRIDGE, isBridgeName, planImports } from './imports/plan-imports.ts';
export type { ImportsOptions, ImportsPlan } from './imports/plan-imports.ts';
export { renderImports } from './imports/render-imports.ts';
export { writeImports } from './imports/write-imports.ts';
export type { WriteOptions, WrittenImports } from './imports/write-imports.ts';

// what the predecessor left about its runs
export { findImported } from './state/import-run.ts';
export type { ImportedRun } from './state/import-run.ts';
export type { ImportedHistory } from './state/import-histories.ts';
export { importState } from './state/import-state.ts';
export type { ImportOptions, ImportReport } from './state/import-state.ts';
export type { OldSnapshot } from './state/old-history.ts';
export { renderImport } from './state/render-import.ts';
export { toRoadmapSummary } from './state/roadmap-summary.ts';
export type { RoadmapSummary } from './state/roadmap-summary.ts';

// Python that calls the old names
export { callLegacy } from './bridge/call-legacy.ts';
export type { LegacyCallRequest } from './bridge/call-legacy.ts';
export { renderBridge } from './bridge/render-bridge.ts';
export { writeBridge } from './bridge/write-bridge.ts';
export type { BridgeOptions, WrittenBridge } from './bridge/write-bridge.ts';
