import { byteTokenCounter, type ConfigInput, type RunContext, silentLogger } from '@jarvis/core';
import { fromLegacyConfig } from '@jarvis/legacy-compat';
import { type Dialect, JarvisOrchestrator, readRunRecords } from '@jarvis/loops';
import { nodeRunContext, readEnvironment } from '@jarvis/node';
import { openGitRepository } from '@jarvis/node/git';

import { answerGates, type Folders, KEY, type Performer } from './performance.ts';

/** Runs a scenario as new code does: a mode, with the dialect of the old module. */
export const performInMode: Performer = async ({ folders, baseUrl }, scenario, module) => {
  const { config } = fromLegacyConfig(scenario.config, scenario.env, module.name);
  const llm = { baseUrl, simulate: false };
  const context = await openContext(folders, { llm });
  try {
    const dialect = withoutPauses(module.dialectOf(scenario.config));
    const jarvis = new JarvisOrchestrator({ config: { ...config, llm }, dialect, context });
    const first = await jarvis.run({ task: scenario.config.task });
    const { result, inputs } = await answerGates(jarvis, first, { ...scenario, yes: module.yes });
    return { result, inputs, records: await readRunRecords(context.journal, result.runId) };
  } finally {
    await context.journal.close();
  }
};

async function openContext({ workspace, state, home }: Folders, flags: ConfigInput): Promise<RunContext> {
  const environment = readEnvironment({ HOME: home, OPENAI_API_KEY: KEY });
  const options = { workspace, stateDirectory: state, environment, flags };
  // A server that fails is given no rest: that would be a pause, too.
  const { circuits: _circuits, ...context } = await nodeRunContext(options);
  const git = openGitRepository({
    root: workspace,
    environment: { PATH: process.env['PATH'] ?? '', HOME: home },
  });
  // Whether a cap stopped a run in time is judged by the bytes that were sent, so they are what is counted.
  return { ...context, git, logger: silentLogger, tokens: byteTokenCounter };
}

/** Pauses between attempts are all that is left out; deadlines stay as they are. */
function withoutPauses(dialect: Dialect): Dialect {
  return { ...dialect, retry: { ...dialect.retry, firstDelayMs: 0, maxDelayMs: 0 } };
}
