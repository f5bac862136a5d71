import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findRunJournal, systemClock } from '@jarvis/node';
import { measureAgents, readRunRecords } from '@jarvis/loops';
import { z } from 'zod';

import { type LegacyModule, legacyModules } from '../baseline/play/legacy-modules.ts';
import { playScenario } from '../baseline/play/play-scenario.ts';
import { toBaselineCase } from '../baseline/rules/baseline-case.ts';
import { judgeCase } from '../baseline/rules/judge-case.ts';
import { loadOwnRules, readOwnScenario } from '../baseline/testing/read-own-scenarios.ts';
import type { OurFigures } from './legacy-figures.ts';
import { measureTransitions } from './legacy-transitions.ts';

const orderSchema = z.object({
  /** The scenario to play. */
  id: z.string(),
  /** Where the play has its folders, and where the journal is put aside. */
  folder: z.string(),
});

/** What a process that plays one scenario is told, as JSON in its first argument. */
export type LegacyOrder = z.infer<typeof orderSchema>;

/** What is taken at the moment a run is over, before anything is compared. */
interface Taken {
  startedMs: number;
  runId: string;
  wallMs: number;
  cpuMs: number;
  rssBytes: number;
}

/** Plays one scenario and prints its figures. */
async function work({ id, folder }: LegacyOrder): Promise<void> {
  const file = await readOwnScenario(id);
  const { scenario } = file;
  const module = legacyModules[scenario.orchestrator];
  if (module === undefined) throw new Error(`nothing stands in for ${scenario.orchestrator}`);
  process.env['TMPDIR'] = folder;
  const taken: Taken = { startedMs: 0, runId: '', wallMs: 0, cpuMs: 0, rssBytes: 0 };
  const play = await playScenario(scenario, watch(module, taken, folder));
  if (play.type === 'broken') throw new Error(play.problem);

  const verdict = judgeCase(toBaselineCase(file, play.our), await loadOwnRules());
  const { observation } = play.our;
  const figures: OurFigures = {
    verdict: verdict.verdict,
    defects: verdict.defects,
    wallMs: taken.wallMs,
    cpuMs: taken.cpuMs,
    rssBytes: taken.rssBytes,
    requests: observation.requests + observation.probes,
    calls: observation.calls.length + observation.probes,
    usd: observation.cost.usd,
    ...(await readTimes(taken.runId, folder)),
  };
  process.stdout.write(JSON.stringify(figures));
}

/** The module with an eye on when its run begins and ends. The play removes its folders: the state is put aside. */
function watch(module: LegacyModule, taken: Taken, folder: string): LegacyModule {
  return {
    ...module,
    dialectOf: (config) => {
      taken.startedMs = performance.now();
      return module.dialectOf(config);
    },
    toStatus: (ending) => {
      const { user, system } = process.cpuUsage();
      taken.wallMs = performance.now() - taken.startedMs;
      taken.cpuMs = (user + system) / 1_000;
      taken.rssBytes = process.resourceUsage().maxRSS * 1_024;
      taken.runId = ending.runId;
      const [play = ''] = readdirSync(folder).filter((name) => name.startsWith('jarvis-baseline-'));
      cpSync(join(folder, play, 'state'), join(folder, 'state'), { recursive: true });
      return module.toStatus(ending);
    },
  };
}

async function readTimes(
  runId: string,
  folder: string,
): Promise<Pick<OurFigures, 'spawnsMs' | 'spawned' | 'turnsMs' | 'transitionsMs'>> {
  const journal = await findRunJournal({ stateDirectory: join(folder, 'state'), clock: systemClock }, runId);
  if (journal === undefined) throw new Error(`the journal of ${runId} was not found`);
  const records = await readRunRecords(journal, runId);
  await journal.close();
  const agents = measureAgents(records);
  return {
    spawned: agents.reduce((sum, { turns }) => sum + turns, 0),
    spawnsMs: agents.reduce((sum, { spawnMs }) => sum + spawnMs, 0),
    turnsMs: agents.reduce((sum, { turnMs }) => sum + turnMs, 0),
    transitionsMs: measureTransitions(records),
  };
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
