import { warnDeprecated } from '../warn-deprecated.ts';
import type { LegacyContext } from './run/legacy-context.ts';
import { runLegacyModule } from './run/run-legacy-module.ts';
import { configOf, fillSummary, type RunSummary } from './run/run-summary.ts';

export type { RunSummary } from './run/run-summary.ts';

/**
 * Runs the task of the summary, or of the `project_config.json` of the current folder. It gives nothing back, as ever:
 * how the run has ended is written into the summary.
 *
 * @deprecated JARVIS_DEP006: use `JarvisOrchestrator` with the mode `LEGACY_3LOOP`.
 */
export async function main(runSummary?: RunSummary | null, context?: LegacyContext): Promise<null> {
  warnDeprecated('orchestrator_3loop_legacy.main');
  return work(runSummary, context);
}

/**
 * `main` as a class, which the old module never had.
 *
 * @deprecated JARVIS_DEP007: use `JarvisOrchestrator` with the mode `LEGACY_3LOOP`.
 */
export class ThreeLoopOrchestrator {
  readonly #context: LegacyContext | undefined;

  constructor(context?: LegacyContext) {
    warnDeprecated('orchestrator_3loop_legacy.ThreeLoopOrchestrator');
    this.#context = context;
  }

  /** What `main` does. */
  run(runSummary?: RunSummary): Promise<null> {
    return work(runSummary, this.#context);
  }
}

async function work(summary?: RunSummary | null, context?: LegacyContext): Promise<null> {
  fillSummary(
    summary,
    await runLegacyModule('orchestrator_3loop_legacy', { config: configOf(summary), context }),
  );
  return null;
}
