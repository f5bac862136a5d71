/* eslint-disable @typescript-eslint/no-deprecated -- the old names are what is played */
import { basename, dirname } from 'node:path';

import { type LegacyModule as ModuleName } from '@jarvis/legacy-compat';
import { run } from '@jarvis/legacy-compat/orchestrator';
import { main as runTwoLoop } from '@jarvis/legacy-compat/orchestrator_2loop';
import { main as runThreeLoop } from '@jarvis/legacy-compat/orchestrator_3loop_legacy';
import { OrchestratorContext } from '@jarvis/legacy-compat/orchestrator_context';
import { main_phase3 } from '@jarvis/legacy-compat/orchestrator_phase3';
import { JarvisOrchestrator, readRun, readRunRecords, type RunView } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';

import type { Scenario } from '../scenario/scenario-file.ts';
import type { Ending, LegacyModule } from './legacy-modules.ts';
import { answerGates, KEY, type Performance, type Performer } from './performance.ts';

type OldContext = ReturnType<typeof OrchestratorContext.create_default>;

const shims: Readonly<
  Record<ModuleName, (config: Scenario['config'], context: OldContext) => Promise<unknown>>
> = {
  orchestrator: (config, context) => run(config, null, context),
  orchestrator_2loop: (config, context) => runTwoLoop(Object.assign(context, { config })),
  orchestrator_3loop_legacy: (config, context) => runThreeLoop({ config, task: config.task }, context),
  orchestrator_phase3: (config, context) => main_phase3({ config, task: config.task }, context),
};

/** Runs a scenario as old code does: by the old name of its module. The old names look at the variables of the process. */
export const performByShim: Performer = async ({ folders, baseUrl }, scenario, module) => {
  const variables = { HOME: folders.home, OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: KEY };
  const before = setVariables(variables);
  try {
    const { workspace, state: stateDirectory } = folders;
    const config = { ...scenario.config, project_subdir: basename(workspace) };
    const places = { folder: dirname(workspace), stateDirectory, variables: scenario.env };
    await shims[module.name](config, OrchestratorContext.create_default(undefined, places));
    return await lookAtRun({ workspace, stateDirectory }, scenario, module);
  } finally {
    setVariables(before);
  }
};

/** What the run came to; the old names tell little of it. Questions they left open are answered as anybody does. */
async function lookAtRun(
  places: { readonly workspace: string; readonly stateDirectory: string },
  ...[scenario, module]: readonly [Scenario, LegacyModule]
): Promise<Performance> {
  const context = await nodeRunContext(places);
  try {
    const [runId = ''] = await context.journal.listRuns();
    const jarvis = new JarvisOrchestrator({ context, dialect: module.dialectOf(scenario.config) });
    const ending = toEnding(await readRun(context.journal, runId));
    const { result, inputs } = await answerGates(jarvis, ending, { ...scenario, yes: module.yes });
    return { result, inputs, records: await readRunRecords(context.journal, runId) };
  } finally {
    await context.journal.close();
  }
}

function toEnding({ status, stop, ...view }: RunView): Ending {
  if (status === 'open' || stop === undefined) throw new Error(`the run ${view.runId} was left open`);
  return { ...view, ...stop };
}

/** Sets variables of this process, and tells what they were. */
function setVariables(variables: Readonly<Record<string, string | undefined>>) {
  const names = Object.keys(variables);
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  for (const name of names) {
    if (variables[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = variables[name];
  }
  return before;
}
