import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { readOwnScenarios } from '../baseline/testing/read-own-scenarios.ts';
import { median } from './figures.ts';
import { type LegacyPair, type OurFigures, parseOurFigures, readRecordedFigures } from './legacy-figures.ts';
import { type IdleFigures, type LegacyReport, toLegacyReport } from './legacy-report.ts';
import type { LegacyOrder } from './legacy-worker.ts';
import { readWorkloads } from './legacy-workloads.ts';
import { outputOf, runBuiltWorker, runNode, runWorker } from './run-process.ts';

/** How long one scenario may take; most take a second, start-up included. */
const PATIENCE_MS = 30_000;

const BUILT_ENTRY = fileURLToPath(new URL('../../packages/legacy-compat/dist/index.js', import.meta.url));

const IDLE = `const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ cpuMs: (user + system) / 1_000, rssBytes: process.resourceUsage().maxRSS * 1_024 }),
);`;

const idleSchema = z.object({ cpuMs: z.number(), rssBytes: z.number() });

/** Whether the packages run as they are built, which is what a user has, or from source. */
export function choosePackages(): LegacyReport['packages'] {
  return existsSync(BUILT_ENTRY) ? 'built' : 'source';
}

/** Plays recorded scenarios once each, every one in a process of its own, one after the other. Default: all. */
export async function measureLegacy(
  packages: LegacyReport['packages'],
  ids?: readonly string[],
): Promise<LegacyReport> {
  const idle = await measureIdle();
  const scenarios = await readOwnScenarios();
  const pairs: LegacyPair[] = [];
  for (const { file } of scenarios) {
    const { id, orchestrator: module } = file.scenario;
    if (ids?.includes(id) === false) continue;
    pairs.push({ id, module, recorded: readRecordedFigures(file), ...(await play(id, packages)) });
  }
  return { ...toLegacyReport(pairs, await readWorkloads()), packages, idle };
}

/** What a process of Node.js takes that does nothing, the middle of five. */
async function measureIdle(): Promise<IdleFigures> {
  const figures: IdleFigures[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    figures.push(idleSchema.parse(JSON.parse(outputOf(await runNode(['-e', IDLE])))));
  }
  return {
    cpuMs: median(figures.map(({ cpuMs }) => cpuMs)),
    rssBytes: median(figures.map(({ rssBytes }) => rssBytes)),
  };
}

/** A scenario that breaks is told in the report; the others are still played. */
async function play(
  id: string,
  packages: LegacyReport['packages'],
): Promise<{ readonly ours: OurFigures } | { readonly problem: string }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'jarvis-bench-legacy-')));
  try {
    const order: LegacyOrder = { id, folder };
    const run = packages === 'built' ? runBuiltWorker : runWorker;
    return { ours: parseOurFigures(outputOf(await run('legacy-worker.ts', order, PATIENCE_MS))) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
