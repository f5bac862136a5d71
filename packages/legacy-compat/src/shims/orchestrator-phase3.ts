import { warnDeprecated } from '../warn-deprecated.ts';
import type { LegacyContext } from './run/legacy-context.ts';
import { runLegacyModule } from './run/run-legacy-module.ts';
import { configOf, fillSummary, type RunSummary } from './run/run-summary.ts';

export type { RunSummary } from './run/run-summary.ts';

/**
 * Runs the task of the summary, or of the `project_config.json` of the current folder. It gives nothing back, as ever:
 * how the run has ended is written into the summary.
 *
 * @deprecated JARVIS_DEP008: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function main_phase3(runSummary?: RunSummary | null, context?: LegacyContext): Promise<null> {
  warnDeprecated('orchestrator_phase3.main_phase3');
  return work(runSummary, context);
}

/**
 * Another name for {@link main_phase3}.
 *
 * @deprecated JARVIS_DEP009: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function main(runSummary?: RunSummary | null, context?: LegacyContext): Promise<null> {
  warnDeprecated('orchestrator_phase3.main');
  return work(runSummary, context);
}

/**
 * {@link main_phase3} as a class, which the old module never had.
 *
 * @deprecated JARVIS_DEP010: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export class Phase3Orchestrator {
  readonly #context: LegacyContext | undefined;

  constructor(context?: LegacyContext) {
    warnDeprecated('orchestrator_phase3.Phase3Orchestrator');
    this.#context = context;
  }

  /** What `main_phase3` does. */
  run(runSummary?: RunSummary): Promise<null> {
    return work(runSummary, this.#context);
  }
}

async function work(summary?: RunSummary | null, context?: LegacyContext): Promise<null> {
  fillSummary(summary, await runLegacyModule('orchestrator_phase3', { config: configOf(summary), context }));
  return null;
}
