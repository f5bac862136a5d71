import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { serializeError } from '@jarvis/core';
import { startFakeOpenAi } from '@jarvis/node/testing';

import type { OurRun } from '../rules/baseline-case.ts';
import type { Scenario } from '../scenario/scenario-file.ts';
import type { LegacyModule } from './legacy-modules.ts';
import { observeRequests } from './observe-calls.ts';
import { observeCost } from './observe-cost.ts';
import { observeCommits, observeFiles } from './observe-folder.ts';
import { performInMode } from './perform-in-mode.ts';
import type { Folders, Performer } from './performance.ts';
import { toServerScript } from './to-server-script.ts';

/** What became of playing a scenario. */
export type Play =
  | { readonly type: 'played'; readonly our: OurRun; readonly unstatedUsd: number }
  /** The run was not even accepted, or broke. */
  | { readonly type: 'broken'; readonly problem: string };

const IDENTITY = '[user]\n\tname = Baseline\n\temail = baseline@example.org\n';

/** Plays a scenario over real HTTP, with real files, a real journal and real git, and looks at what it left. */
export async function playScenario(
  scenario: Scenario,
  module: LegacyModule,
  perform: Performer = performInMode,
): Promise<Play> {
  const root = await realpath(await mkdtemp(join(tmpdir(), `jarvis-baseline-${String(process.pid)}-`)));
  try {
    const folders = { workspace: join(root, 'site'), state: join(root, 'state'), home: join(root, 'home') };
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder)));
    await writeFile(join(folders.home, '.gitconfig'), IDENTITY);
    await writeSeeds(folders.workspace, scenario.seedFiles);
    return await playIn(folders, perform, { scenario, module });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function playIn(
  folders: Folders,
  perform: Performer,
  { scenario, module }: { readonly scenario: Scenario; readonly module: LegacyModule },
): Promise<Play> {
  const server = await startFakeOpenAi({ script: toServerScript(scenario), requireKey: true });
  try {
    const place = { folders, baseUrl: server.baseUrl };
    const { result, records, inputs } = await perform(place, scenario, module);
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

async function writeSeeds(folder: string, seeds: Scenario['seedFiles']): Promise<void> {
  for (const [path, content] of Object.entries(seeds)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
