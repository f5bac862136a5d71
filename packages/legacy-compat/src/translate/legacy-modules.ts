import type { ConfigInput, ModeName } from '@jarvis/core';

/** The old modules that could be run, by the name of their file. */
export type LegacyModule =
  'orchestrator' | 'orchestrator_2loop' | 'orchestrator_3loop_legacy' | 'orchestrator_phase3';

/** Their names, as a person writes them. */
export const legacyModuleNames: readonly LegacyModule[] = [
  'orchestrator',
  'orchestrator_2loop',
  'orchestrator_3loop_legacy',
  'orchestrator_phase3',
];

/** What stands in for an old module, and what of its configuration it took notice of. */
interface ModuleFacts {
  readonly mode: ModeName;
  readonly hasSupervisor: boolean;
  readonly hasRounds: boolean;
  readonly hasAudits: boolean;
  readonly hasSafety: boolean;
  /** Whether it asked on the console only once the cost had reached `cost_warning_usd`. */
  readonly asksFromWarningOn: boolean;
  /** Limits it had whatever its configuration said. */
  readonly loop: NonNullable<ConfigInput['loop']>;
}

const WITH_PHASES = {
  hasSupervisor: true,
  hasRounds: true,
  hasAudits: false,
  hasSafety: true,
} as const;

/** The old modules. */
export const legacyModules: Readonly<Record<LegacyModule, ModuleFacts>> = {
  orchestrator: { ...WITH_PHASES, mode: 'PHASE3', asksFromWarningOn: true, loop: { maxStages: 100 } },
  orchestrator_2loop: {
    mode: 'SIMPLE_2LOOP',
    hasSupervisor: false,
    hasRounds: true,
    hasAudits: false,
    hasSafety: false,
    asksFromWarningOn: false,
    loop: {},
  },
  orchestrator_3loop_legacy: { ...WITH_PHASES, mode: 'LEGACY_3LOOP', asksFromWarningOn: false, loop: {} },
  orchestrator_phase3: {
    mode: 'PHASE3',
    hasSupervisor: true,
    hasRounds: false,
    hasAudits: true,
    hasSafety: false,
    asksFromWarningOn: true,
    loop: { maxStages: 100, checkBeforeEnd: false },
  },
};
