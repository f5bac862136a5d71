import { JarvisOrchestrator, readAccepted } from '@jarvis/loops';
import type { NodeRunContext } from '@jarvis/node';

/** The dialects of the predecessor's runs; whoever has none of those loads none of it. */
const OLD_DIALECT = 'legacy-';

/**
 * The orchestrator that goes on with a run. A run that was started by an old name speaks the dialect of its module, and
 * goes on in it.
 */
export async function openOrchestrator(runId: string, context: NodeRunContext): Promise<JarvisOrchestrator> {
  const accepted = await readAccepted(context.journal, runId);
  if (accepted?.dialect.startsWith(OLD_DIALECT) !== true) return new JarvisOrchestrator({ context });
  const { findLegacyDialect } = await import('@jarvis/legacy-compat');
  const dialect = findLegacyDialect(accepted);
  return new JarvisOrchestrator({ context, ...(dialect === undefined ? {} : { dialect }) });
}
