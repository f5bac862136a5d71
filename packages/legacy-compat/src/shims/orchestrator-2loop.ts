import { warnDeprecated } from '../warn-deprecated.ts';
import type { LegacyContext } from './run/legacy-context.ts';
import { runLegacyModule } from './run/run-legacy-module.ts';

/**
 * Runs the task of the context's configuration, or of the `project_config.json` of the current folder. It gives nothing
 * back, as ever: `jarvis list` shows what became of it.
 *
 * @deprecated JARVIS_DEP005: use `JarvisOrchestrator` with the mode `SIMPLE_2LOOP`.
 */
export async function main(context?: LegacyContext): Promise<null> {
  warnDeprecated('orchestrator_2loop.main');
  await runLegacyModule('orchestrator_2loop', { context });
  return null;
}
