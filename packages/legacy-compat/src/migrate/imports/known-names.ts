import { pythonModules } from '../bridge/python-modules.ts';
import type { OldModule } from '../inspect/old-modules.ts';

/** What every module of Python has. */
const OF_EVERY_MODULE = [
  '__dict__',
  '__doc__',
  '__file__',
  '__loader__',
  '__name__',
  '__package__',
  '__spec__',
];

/** The types the subpaths of TypeScript have beside the names that Python has as well. */
const TYPES: Readonly<Record<OldModule, readonly string[]>> = {
  orchestrator: ['LegacyResult'],
  orchestrator_2loop: [],
  orchestrator_3loop_legacy: ['RunSummary'],
  orchestrator_phase3: ['RunSummary'],
  orchestrator_context: [
    'CostTrackerProvider',
    'GitProvider',
    'LLMProvider',
    'LegacyContext',
    'LegacyContextOptions',
    'LegacyProviders',
    'LoggingProvider',
  ],
  orchestrator_integration: ['ApprovalStatus', 'Patience'],
};

/** The names a module of the bridge answers. */
export function pythonNames(module: OldModule): ReadonlySet<string> {
  return new Set([...(pythonModules[module]?.names ?? []), ...OF_EVERY_MODULE]);
}

/** The names a subpath of `@jarvis/legacy-compat` has. */
export function scriptNames(module: OldModule): ReadonlySet<string> {
  return new Set([...(pythonModules[module]?.names ?? []), ...TYPES[module]]);
}
