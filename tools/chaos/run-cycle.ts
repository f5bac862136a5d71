import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ModeName } from '@jarvis/core';
import { startFakeOpenAi } from '@jarvis/node/testing';

import { bringBack, type BringBackReport } from './bring-back.ts';
import type { CyclePlan } from './cycle-plan.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { checkAll } from './oracles/check-all.ts';
import type { PosterProcess } from './poster-process.ts';
import { createProject } from './project.ts';
import { runToEnd, toThreat } from './run-to-end.ts';
import { createModel } from './scenarios/create-model.ts';
import { findScenario } from './scenarios/find-scenario.ts';

export interface CycleReport {
  readonly problems: readonly string[];
  /** Processes that were killed; a kill planned for a place the run never passes does not happen. */
  readonly kills: number;
  readonly requests: number;
  /** The places where processes were killed. */
  readonly killedAt: readonly string[];
}

/**
 * Runs once without a kill.
 *
 * @throws when an oracle finds fault even so, or the run does not do what its scenario is for.
 */
export async function runReference(mode: ModeName, poster: PosterProcess): Promise<Evidence> {
  const { evidence: reference } = await playInFreshProject({ mode, kills: [], amendAt: 1 }, 0, poster);
  const problems = [...checkAll(reference, reference), ...findScenario(mode).findMissing(reference.records)];
  if (problems.length > 0)
    throw new Error(`the undisturbed run in ${mode} is not sound: ${problems.join('; ')}`);
  return reference;
}

/** Runs once with the planned kills, resumes until the run is over, and asks every oracle. */
export async function runCycle(
  plan: CyclePlan,
  reference: Evidence,
  poster: PosterProcess,
): Promise<CycleReport> {
  try {
    const { evidence, restored } = await playInFreshProject(plan, reference.tookMs, poster);
    const problems = [...checkAll(evidence, reference), ...restored.problems];
    const restoreKilled = restored.wasKilled ? [`restore: ${String(plan.restoreKill?.place)}`] : [];
    return {
      problems,
      kills: evidence.crashes,
      requests: evidence.requests.length,
      killedAt: [...evidence.killedAt, ...restoreKilled],
    };
  } catch (error) {
    return {
      problems: [error instanceof Error ? error.message : String(error)],
      kills: plan.kills.length,
      requests: 0,
      killedAt: [],
    };
  }
}

async function playInFreshProject(
  { mode, kills, amendAt, restoreKill }: CyclePlan,
  referenceMs: number,
  poster: PosterProcess,
): Promise<{ readonly evidence: Evidence; readonly restored: BringBackReport }> {
  const scenario = findScenario(mode);
  const { terms } = scenario;
  const parent = await mkdtemp(join(tmpdir(), 'jarvis-chaos-'));
  const folders = { workspace: join(parent, 'project'), stateDirectory: join(parent, 'state') };
  let posted: Promise<void> | undefined;
  const beforeWork = async (moment: number) => {
    if (moment === amendAt) await (posted ??= poster.allowRounds(folders, terms.amendedRounds));
  };
  const server = await startFakeOpenAi({ script: createModel(scenario, beforeWork) });
  try {
    createProject(folders.workspace);
    const threats = kills.map((kill) => toThreat(kill, referenceMs));
    const play = { scenario, folders, baseUrl: server.baseUrl };
    const countRequests = () => server.requests.length;
    const course = await runToEnd({ ...play, threats, countRequests });
    const evidence = await collectEvidence(folders, { ...course, terms, requests: [...server.requests] });
    if (restoreKill === undefined) return { evidence, restored: { problems: [], wasKilled: false } };
    return { evidence, restored: await bringBack(play, restoreKill) };
  } finally {
    await server.close();
    await rm(parent, { recursive: true, force: true });
  }
}
