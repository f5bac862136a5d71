// how the old modules spoke
export { chargedPrices } from './dialects/charged-prices.ts';
export { orchestratorDialect } from './dialects/orchestrator.ts';
export { phase3Dialect } from './dialects/phase3.ts';
export { threeLoopDialect, visualThreeLoopDialect } from './dialects/three-loop.ts';
export { twoLoopDialect } from './dialects/two-loop.ts';
export { type AcceptedDialect, findLegacyDialect } from './shims/run/legacy-voices.ts';

// from old to new, and back
export { fromLegacyConfig } from './translate/from-legacy-config.ts';
export type { TranslatedConfig } from './translate/from-legacy-config.ts';
export type { LegacyVariables } from './translate/legacy-variables.ts';
export type { LegacyModule } from './translate/legacy-modules.ts';
export {
  type RunEnding,
  toOrchestratorStatus,
  toPhase3Status,
  toThreeLoopStatus,
  toTwoLoopStatus,
} from './translate/status-codes.ts';

// errors
export { LegacyConfigError } from './errors.ts';
