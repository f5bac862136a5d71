import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
  byteTokenCounter,
  type ConfigInput,
  type RunContext,
  serializeError,
  silentLogger,
} from '@jarvis/core';
import { fromLegacyConfig } from '@jarvis/legacy-compat';
import { type Dialect, JarvisOrchestrator, type RunRecord, type RunResult } from '@jarvis/loops';
import { nodeRunContext, readEnvironment } from '@jarvis/node';
import { openGitRepository } from '@jarvis/node/git';
import { startFakeOpenAi } from '@jarvis/node/testing';

import type { Scenario } from '../scenario/scenario-file.ts';
import type { OurRun } from '../rules/baseline-case.ts';
import type { LegacyModule } from './legacy-modules.ts';
import { observeRequests } from './observe-calls.ts';
import { observeCost } from './observe-cost.ts';
import { observeCommits, observeFiles } from './observe-folder.ts';
import { toServerScript } from './to-server-script.ts';

/** What became of playing a scenario. */
export type Play =
  | { readonly type: 'played'; readonly our: OurRun; readonly unstatedUsd: number }
  /** The run was not even accepted, or broke. */
  | { readonly type: 'broken'; readonly problem: string };

const IDENTITY = '[user]\n\tname = Baseline\n\temail = baseline@example.org\n';

/** Any key will do for the fake server. */
const KEY = 'sk-baseline';

/** The folders of one play, all of them temporary. */
interface Folders {
  readonly workspace: string;
  readonly state: string;
  readonly home: string;
}

/** Plays a scenario over real HTTP, with real files, a real journal and real git, and looks at what it left. */
export async function playScenario(scenario: Scenario, module: LegacyModule): Promise<Play> {
  const root = await realpath(await mkdtemp(join(tmpdir(), `jarvis-baseline-${String(process.pid)}-`)));
  try {
    const folders = { workspace: join(root, 'site'), state: join(root, 'state'), home: join(root, 'home') };
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder)));
    await writeFile(join(folders.home, '.gitconfig'), IDENTITY);
    await writeSeeds(folders.workspace, scenario.seedFiles);
    return await playIn(folders, scenario, module);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function playIn(folders: Folders, scenario: Scenario, module: LegacyModule): Promise<Play> {
  const server = await startFakeOpenAi({ script: toServerScript(scenario), requireKey: true });
  try {
    const { result, records, inputs } = await runOnce({ folders, baseUrl: server.baseUrl }, scenario, module);
    const { systemBytes, ...requests } = observeRequests(server.requests, scenario);
    const { cost, unstatedUsd } = observeCost(result, records);
    const observation = {
      ...requests,
      status: module.toStatus(result),
      files: await observeFiles(folders.workspace, scenario.seedFiles),
      commits: await observeCommits(folders.workspace),
      cost,
      inputs,
    };
    return { type: 'played', our: { observation, systemBytes }, unstatedUsd };
  } catch (error) {
    // Whatever breaks one run is a difference of this run; the others are still played.
    const { code, message } = serializeError(error);
    return { type: 'broken', problem: `${code}: ${message}` };
  } finally {
    await server.close();
  }
}

interface Place {
  readonly folders: Folders;
  readonly baseUrl: string;
}

async function runOnce({ folders, baseUrl }: Place, scenario: Scenario, module: LegacyModule) {
  const { config } = fromLegacyConfig(scenario.config, scenario.env, module.name);
  const llm = { baseUrl, simulate: false };
  const context = await openContext(folders, { llm });
  try {
    const dialect = withoutPauses(module.dialectOf(scenario.config));
    const jarvis = new JarvisOrchestrator({ config: { ...config, llm }, dialect, context });
    return await runWithAnswers(jarvis, scenario, module);
  } finally {
    await context.journal.close();
  }
}

/** Runs to the end; whoever is asked meanwhile says what was answered on the console. */
async function runWithAnswers(
  jarvis: JarvisOrchestrator,
  { config, inputs }: Scenario,
  { yes }: LegacyModule,
) {
  let { result, records } = await collect(jarvis.stream({ task: config.task }));
  const answered: { readonly answer: string }[] = [];
  for (const answer of inputs) {
    if (result.reason !== 'gate_waiting') break;
    answered.push({ answer });
    const verdict = { by: 'user' };
    if (yes.includes(answer.trim().toLowerCase())) await jarvis.approve(result.runId, verdict);
    else await jarvis.reject(result.runId, verdict);
    const more = await collect(jarvis.streamResume(result.runId));
    result = more.result;
    records = [...records, ...more.records];
  }
  return { result, records, inputs: answered };
}

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

async function collect(run: AsyncGenerator<RunRecord, RunResult>) {
  const records: RunRecord[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { result: next.value, records };
    records.push(next.value);
  }
}

async function writeSeeds(folder: string, seeds: Scenario['seedFiles']): Promise<void> {
  for (const [path, content] of Object.entries(seeds)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
