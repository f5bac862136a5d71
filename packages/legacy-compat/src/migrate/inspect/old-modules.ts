/** The six orchestrators of the predecessor, in the order they are told in. */
export const oldModules = [
  'orchestrator',
  'orchestrator_2loop',
  'orchestrator_3loop_legacy',
  'orchestrator_phase3',
  'orchestrator_context',
  'orchestrator_integration',
] as const;

/** The name of one of them, without `.py`. */
export type OldModule = (typeof oldModules)[number];

/** The package they lay in. */
export const OLD_PACKAGE = 'agent';

/** Tells whether a name is that of an old module. */
export function isOldModule(name: string | undefined): name is OldModule {
  return oldModules.some((module) => module === name);
}
