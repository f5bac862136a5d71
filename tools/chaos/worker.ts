import { type CrashPlace, modeNames } from '@jarvis/core';
import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { z } from 'zod';

import { findScenario } from './scenarios/find-scenario.ts';
import { configOf } from './scenarios/scenario.ts';

const orderSchema = z.object({
  workspace: z.string(),
  stateDirectory: z.string(),
  baseUrl: z.string(),
  mode: z.enum(modeNames),
  /** The run to go on with; without one, a run is started. */
  runId: z.string().optional(),
  /** The new cap of a run that goes on, in US dollars. */
  capUsd: z.number().positive().optional(),
  /** Bring back the files of this round of the run, in place of going on. */
  restoreRound: z.int().nonnegative().optional(),
  crash: z.object({ place: z.string(), arrival: z.int().positive() }).optional(),
});

/** What a worker process is told to do, as JSON in its first argument. */
export type WorkerOrder = z.infer<typeof orderSchema>;

/** Starts or resumes one run and prints its result. Kills itself where the order says so. */
async function work({
  workspace,
  stateDirectory,
  baseUrl,
  mode,
  runId,
  capUsd,
  restoreRound,
  crash,
}: WorkerOrder): Promise<void> {
  const scenario = findScenario(mode);
  const killer = killAt(crash?.place, crash?.arrival);
  const context = await nodeRunContext({
    workspace,
    stateDirectory,
    flags: { ...configOf(scenario), llm: { baseUrl, simulate: false } },
    crashPoint: killer,
  });
  const jarvis = new JarvisOrchestrator({ context });
  if (runId !== undefined && restoreRound !== undefined) {
    await jarvis.restore(runId, { round: restoreRound });
    return;
  }
  const { status, reason, message } =
    runId === undefined
      ? await jarvis.run({ task: scenario.task })
      : await jarvis.resume(runId, capUsd === undefined ? {} : { capUsd });
  await context.journal.close();
  process.stdout.write(`${JSON.stringify({ status, reason, message, arrivals: killer.arrivals() })}\n`);
}

function killAt(place: string | undefined, arrival: number | undefined) {
  let arrivals = 0;
  return {
    arrivals: () => arrivals,
    reach(reached: CrashPlace): void {
      if (reached !== place) return;
      arrivals += 1;
      if (arrivals === arrival) process.kill(process.pid, 'SIGKILL');
    },
  };
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
