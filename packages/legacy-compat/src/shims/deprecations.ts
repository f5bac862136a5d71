/** What there is to say of an old name. */
export interface Deprecation {
  /** Never used again for anything else. */
  readonly code: `JARVIS_DEP${string}`;
  readonly replacement: string;
}

/** The release since which the old names are deprecated. */
export const DEPRECATED_SINCE = '0.1.0';

/** The release that removes them, and with them this package. */
export const REMOVED_IN = '1.0';

const RUN = "new JarvisOrchestrator({ mode }).run({ task }) of '@jarvis/loops'";
const GATES = 'jarvis.approve(runId, { by }) and jarvis.resume(runId), see gates in the configuration';

/** Every old name that still answers, by module and name. */
export const deprecations = {
  'orchestrator.run': { code: 'JARVIS_DEP001', replacement: `${RUN}, with the mode PHASE3` },
  'orchestrator.main': { code: 'JARVIS_DEP002', replacement: `${RUN}, with the mode PHASE3` },
  'orchestrator.run_agent': { code: 'JARVIS_DEP003', replacement: `${RUN}, with the mode PHASE3` },
  'orchestrator.execute_task': { code: 'JARVIS_DEP004', replacement: `${RUN}, with the mode PHASE3` },
  'orchestrator_2loop.main': { code: 'JARVIS_DEP005', replacement: `${RUN}, with the mode SIMPLE_2LOOP` },
  'orchestrator_3loop_legacy.main': {
    code: 'JARVIS_DEP006',
    replacement: `${RUN}, with the mode LEGACY_3LOOP`,
  },
  'orchestrator_3loop_legacy.ThreeLoopOrchestrator': {
    code: 'JARVIS_DEP007',
    replacement: `${RUN}, with the mode LEGACY_3LOOP`,
  },
  'orchestrator_phase3.main_phase3': {
    code: 'JARVIS_DEP008',
    replacement: `${RUN}, with the mode PHASE3`,
  },
  'orchestrator_phase3.main': { code: 'JARVIS_DEP009', replacement: `${RUN}, with the mode PHASE3` },
  'orchestrator_phase3.Phase3Orchestrator': {
    code: 'JARVIS_DEP010',
    replacement: `${RUN}, with the mode PHASE3`,
  },
  'orchestrator_context.OrchestratorContext': {
    code: 'JARVIS_DEP011',
    replacement: "nodeRunContext({ workspace }) of '@jarvis/node'",
  },
  'orchestrator_context.create_production_context': {
    code: 'JARVIS_DEP012',
    replacement: "nodeRunContext({ workspace }) of '@jarvis/node'",
  },
  'orchestrator_integration.request_approval': {
    code: 'JARVIS_DEP013',
    replacement: 'gates in the configuration: a run asks by itself',
  },
  'orchestrator_integration.wait_for_approval': { code: 'JARVIS_DEP014', replacement: GATES },
  'orchestrator_integration.check_approval_status': {
    code: 'JARVIS_DEP015',
    replacement: "readRun(journal, runId).gates of '@jarvis/loops'",
  },
  'orchestrator_integration.approval_checkpoint': { code: 'JARVIS_DEP016', replacement: GATES },
  'orchestrator_integration.get_pause_manager': {
    code: 'JARVIS_DEP017',
    replacement: 'jarvis.resume(runId) and jarvis.cancel(runId)',
  },
  'orchestrator_integration.OrchestrationPauseManager': {
    code: 'JARVIS_DEP018',
    replacement: 'jarvis.resume(runId) and jarvis.cancel(runId)',
  },
  'orchestrator_integration.ApprovalRequiredException': {
    code: 'JARVIS_DEP019',
    replacement: "result.status === 'waiting' of a run",
  },
} as const satisfies Readonly<Record<string, Deprecation>>;

/** An old name: `orchestrator_2loop.main`. */
export type DeprecatedName = keyof typeof deprecations;
