import { warnDeprecated } from '../warn-deprecated.ts';
import type { LegacyContext } from './run/legacy-context.ts';
import { runLegacyModule } from './run/run-legacy-module.ts';
import { type LegacyResult, toLegacyResult } from './run/to-legacy-result.ts';

export type { LegacyResult } from './run/to-legacy-result.ts';

/**
 * Runs the task of a configuration.
 *
 * @param config the content of a `project_config.json`.
 * @param _missionId not looked at: a run has an id of its own, `core_run_id` of the result.
 * @deprecated JARVIS_DEP001: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function run(
  config: Readonly<Record<string, unknown>>,
  _missionId?: string | null,
  context?: LegacyContext,
): Promise<LegacyResult> {
  warnDeprecated('orchestrator.run');
  return toLegacyResult(await runLegacyModule('orchestrator', { config, context }));
}

/**
 * Runs the task of the `project_config.json` of the current folder.
 *
 * @deprecated JARVIS_DEP002: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function main(context?: LegacyContext): Promise<LegacyResult> {
  warnDeprecated('orchestrator.main');
  return toLegacyResult(await runLegacyModule('orchestrator', { context }));
}

/**
 * Another name for {@link run}, which the old module never had.
 *
 * @deprecated JARVIS_DEP003: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function run_agent(
  config: Readonly<Record<string, unknown>>,
  context?: LegacyContext,
): Promise<LegacyResult> {
  warnDeprecated('orchestrator.run_agent');
  return toLegacyResult(await runLegacyModule('orchestrator', { config, context }));
}

/**
 * Runs one task; the configuration is the rest of a `project_config.json`. The old module never had this name.
 *
 * @deprecated JARVIS_DEP004: use `JarvisOrchestrator` with the mode `PHASE3`.
 */
export async function execute_task(
  task: string,
  config: Readonly<Record<string, unknown>> = {},
  context?: LegacyContext,
): Promise<LegacyResult> {
  warnDeprecated('orchestrator.execute_task');
  return toLegacyResult(await runLegacyModule('orchestrator', { config: { ...config, task }, context }));
}
