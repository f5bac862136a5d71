import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';

import type { CyclePlan, Kill } from './cycle-plan.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { checkAll } from './oracles/check-all.ts';
import { createProject } from './project.ts';
import { runToEnd, toThreat } from './run-to-end.ts';
import { createModel } from './scenario.ts';

/** A run that nobody disturbed, to compare with. */
export interface Reference {
  readonly evidence: Evidence;
  /** How long its processes took, in milliseconds. */
  readonly tookMs: number;
}

export interface CycleReport {
  readonly problems: readonly string[];
  /** Processes that were killed; a kill planned for a place the run never passes does not happen. */
  readonly kills: number;
  readonly requests: number;
}

/**
 * Runs once without a kill.
 *
 * @throws when an oracle finds fault even so.
 */
export async function runReference(): Promise<Reference> {
  const reference = await playInFreshProject([], 0);
  const problems = checkAll(reference.evidence, reference.evidence);
  if (problems.length > 0) throw new Error(`the undisturbed run is not sound: ${problems.join('; ')}`);
  return reference;
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
  readonly tookMs: number;
}

async function playInFreshProject(kills: readonly Kill[], referenceMs: number): Promise<Outcome> {
  const parent = await mkdtemp(join(tmpdir(), 'jarvis-chaos-'));
  const folders = { workspace: join(parent, 'project'), stateDirectory: join(parent, 'state') };
  const server = await startFakeOpenAi({ script: createModel() });
  try {
    createProject(folders.workspace);
    const threats = kills.map((kill) => toThreat(kill, referenceMs));
    const { crashes, tookMs } = await runToEnd({ folders, baseUrl: server.baseUrl, threats });
    return { evidence: await collectEvidence(folders, { requests: server.requests, crashes }), tookMs };
  } finally {
    await server.close();
    await rm(parent, { recursive: true, force: true });
  }
}
