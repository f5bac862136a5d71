import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readOwnScenarios } from '../baseline/testing/read-own-scenarios.ts';
import { type LegacyPair, type OurFigures, parseOurFigures, readRecordedFigures } from './legacy-figures.ts';
import { type LegacyReport, toLegacyReport } from './legacy-report.ts';
import type { LegacyOrder } from './legacy-worker.ts';
import { readWorkloads } from './legacy-workloads.ts';
import { outputOf, runWorker } from './run-process.ts';

/** How long one scenario may take; most take a second, start-up included. */
const PATIENCE_MS = 30_000;

/** Plays recorded scenarios once each, every one in a process of its own, one after the other. Default: all. */
export async function measureLegacy(ids?: readonly string[]): Promise<LegacyReport> {
  const scenarios = await readOwnScenarios();
  const pairs: LegacyPair[] = [];
  for (const { file } of scenarios) {
    const { id, orchestrator: module } = file.scenario;
    if (ids?.includes(id) === false) continue;
    pairs.push({ id, module, recorded: readRecordedFigures(file), ...(await play(id)) });
  }
  return toLegacyReport(pairs, await readWorkloads());
}

/** A scenario that breaks is told in the report; the others are still played. */
async function play(id: string): Promise<{ readonly ours: OurFigures } | { readonly problem: string }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'jarvis-bench-legacy-')));
  try {
    const order: LegacyOrder = { id, folder };
    return { ours: parseOurFigures(outputOf(await runWorker('legacy-worker.ts', order, PATIENCE_MS))) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
