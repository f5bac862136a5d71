import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';

import type { CyclePlan, Kill } from './cycle-plan.ts';
import { collectEvidence, type Evidence, findRunId, type Folders } from './evidence.ts';
import { checkAll } from './oracles/check-all.ts';
import { createProject } from './project.ts';
import { runWorker, type WorkerEnd } from './run-worker.ts';
import { answer } from './scenario.ts';

/** A run that nobody disturbed, to compare with. */
export interface Reference {
  readonly evidence: Evidence;
  /** How long its process took, in milliseconds. */
  readonly tookMs: number;
}

export interface CycleReport {
  readonly problems: readonly string[];
  /** Processes that were killed; a kill planned for a place the run never passes does not happen. */
  readonly kills: number;
  readonly requests: number;
}

/** Runs once without a kill. */
export async function runReference(): Promise<Reference> {
  const { evidence, last } = await playInFreshProject([], 0);
  return { evidence, tookMs: last.tookMs };
}

/** Runs once with the planned kills, resumes until the run is over, and asks every oracle. */
export async function runCycle({ kills }: CyclePlan, reference: Reference): Promise<CycleReport> {
  try {
    const { evidence } = await playInFreshProject(kills, reference.tookMs);
    const problems = checkAll(evidence, reference.evidence);
    return { problems, kills: evidence.crashes, requests: evidence.requests.length };
  } catch (error) {
    return {
      problems: [error instanceof Error ? error.message : String(error)],
      kills: kills.length,
      requests: 0,
    };
  }
}

interface Outcome {
  readonly evidence: Evidence;
  readonly last: WorkerEnd;
}

async function playInFreshProject(kills: readonly Kill[], referenceMs: number): Promise<Outcome> {
  const parent = await mkdtemp(join(tmpdir(), 'jarvis-chaos-'));
  const folders = { workspace: join(parent, 'project'), stateDirectory: join(parent, 'state') };
  const server = await startFakeOpenAi({ script: answer });
  try {
    createProject(folders.workspace);
    const { crashes, last } = await runToEnd({ folders, baseUrl: server.baseUrl, kills, referenceMs });
    return { evidence: await collectEvidence(folders, { requests: server.requests, crashes }), last };
  } finally {
    await server.close();
    await rm(parent, { recursive: true, force: true });
  }
}

interface Play {
  readonly folders: Folders;
  readonly baseUrl: string;
  readonly kills: readonly Kill[];
  readonly referenceMs: number;
}

async function runToEnd({ folders, baseUrl, kills, referenceMs }: Play) {
  let crashes = 0;
  for (const kill of [...kills, undefined]) {
    const runId = crashes === 0 ? undefined : await findRunId(folders);
    const crash = kill?.type === 'place' ? { place: kill.place, arrival: kill.arrival } : undefined;
    const order = { ...folders, baseUrl, runId, crash };
    const last = await runWorker(order, kill?.type === 'moment' ? kill.fraction * referenceMs : undefined);
    if (!last.wasKilled) {
      if (last.exitCode !== 0) throw new Error(`the worker failed: ${last.errors.trim()}`);
      return { crashes, last };
    }
    if (kill === undefined) throw new Error('a worker that nobody meant to kill did not come to an end');
    crashes += 1;
  }
  throw new Error('the run never came to an end');
}
