import { type CrashPlace, type CrashPoint } from '@jarvis/core';
import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { z } from 'zod';

import { CONFIG, TASK } from './scenario.ts';

const orderSchema = z.object({
  workspace: z.string(),
  stateDirectory: z.string(),
  baseUrl: z.string(),
  /** The run to go on with; without one, a run is started. */
  runId: z.string().optional(),
  crash: z.object({ place: z.string(), arrival: z.int().positive() }).optional(),
});

/** What a worker process is told to do, as JSON in its first argument. */
export type WorkerOrder = z.infer<typeof orderSchema>;

/** Starts or resumes one run and prints its result. Kills itself where the order says so. */
async function work({ workspace, stateDirectory, baseUrl, runId, crash }: WorkerOrder): Promise<void> {
  const context = await nodeRunContext({
    workspace,
    stateDirectory,
    flags: { ...CONFIG, llm: { baseUrl, simulate: false } },
    crashPoint: crash === undefined ? { reach: () => undefined } : killAt(crash.place, crash.arrival),
  });
  const jarvis = new JarvisOrchestrator({ context });
  const result = runId === undefined ? await jarvis.run({ task: TASK }) : await jarvis.resume(runId);
  await context.journal.close();
  process.stdout.write(
    `${JSON.stringify({ status: result.status, reason: result.reason, message: result.message })}\n`,
  );
}

function killAt(place: string, arrival: number): CrashPoint {
  let arrivals = 0;
  return {
    reach(reached: CrashPlace) {
      if (reached !== place) return;
      arrivals += 1;
      if (arrivals === arrival) process.kill(process.pid, 'SIGKILL');
    },
  };
}

await work(orderSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
