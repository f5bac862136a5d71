/* eslint-disable @typescript-eslint/no-deprecated -- the old names are what is played */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '@jarvis/legacy-compat/orchestrator';
import { main as runTwoLoop } from '@jarvis/legacy-compat/orchestrator_2loop';
import { main as runThreeLoop } from '@jarvis/legacy-compat/orchestrator_3loop_legacy';
import { OrchestratorContext } from '@jarvis/legacy-compat/orchestrator_context';
import { main_phase3 } from '@jarvis/legacy-compat/orchestrator_phase3';
import { JarvisOrchestrator, readRunRecords } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { legacyModules } from './play/legacy-modules.ts';
import { observeRequests } from './play/observe-calls.ts';
import { observeCost } from './play/observe-cost.ts';
import { observeCommits, observeFiles } from './play/observe-folder.ts';
import { toServerScript } from './play/to-server-script.ts';
import { type OurRun, toBaselineCase } from './rules/baseline-case.ts';
import { judgeCase } from './rules/judge-case.ts';
import type { Scenario } from './scenario/scenario-file.ts';
import { loadOwnRules, readOwnScenario } from './testing/read-own-scenarios.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'jarvis-shims-')));
  await mkdir(join(root, 'home'));
  await writeFile(join(root, 'home/.gitconfig'), '[user]\n\tname = Shim\n\temail = shim@example.org\n');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

type Start = (config: Scenario['config'], context: ReturnType<typeof openContext>) => Promise<unknown>;

it.each<readonly [id: string, start: Start]>([
  ['2loop-approve-first', (config, context) => runTwoLoop(Object.assign(context, { config }))],
  [
    '3loop-approve-first-two-phases',
    (config, context) => runThreeLoop({ config, task: config.task }, context),
  ],
  ['phase3-findings-then-clean', (config, context) => main_phase3({ config, task: config.task }, context)],
  ['orchestrator-safety-off-approved', (config, context) => run(config, null, context)],
])('plays %s through the old name as through the mode', async (id, start) => {
  const file = await readOwnScenario(id);

  const our = await play(file.scenario, start);

  const { differences } = judgeCase(toBaselineCase(file, our), await loadOwnRules());
  expect(our.observation.calls.length).toBeGreaterThan(0);
  expect(differences.filter(({ rules }) => rules.length === 0)).toEqual([]);
});

function openContext() {
  return OrchestratorContext.create_default(undefined, {
    folder: join(root, 'sites'),
    stateDirectory: join(root, 'state'),
  });
}

async function play(scenario: Scenario, start: Start): Promise<OurRun> {
  await using server = await startFakeOpenAi({ script: toServerScript(scenario), requireKey: true });
  vi.stubEnv('OPENAI_BASE_URL', server.baseUrl);
  vi.stubEnv('OPENAI_API_KEY', 'sk-baseline');
  vi.stubEnv('HOME', join(root, 'home'));
  await start(scenario.config, openContext());

  const workspace = join(root, 'sites', String(scenario.config['project_subdir']));
  const context = await nodeRunContext({ workspace, stateDirectory: join(root, 'state') });
  try {
    const [runId = ''] = await context.journal.listRuns();
    const result = await new JarvisOrchestrator({ context }).resume(runId);
    const { systemBytes, ...requests } = observeRequests(server.requests, scenario);
    const observation = {
      ...requests,
      status: legacyModules[scenario.orchestrator]?.toStatus(result) ?? '',
      files: await observeFiles(workspace, scenario.seedFiles),
      commits: await observeCommits(workspace),
      cost: observeCost(result, await readRunRecords(context.journal, runId)).cost,
      inputs: [],
    };
    return { observation, systemBytes };
  } finally {
    await context.journal.close();
  }
}
