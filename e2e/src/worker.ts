import { type CrashPlace, parseConfig } from '@jarvis/core';
import { JarvisOrchestrator, modernDialect } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { z } from 'zod';

const setupSchema = z.object({
  workspace: z.string(),
  stateDirectory: z.string(),
  config: z.unknown(),
  /** Where the process ends itself: at the n-th arrival at a place. */
  crash: z.object({ place: z.string(), arrival: z.int().positive() }).optional(),
  /** In what another release asks for a plan otherwise than this one. */
  planPrompt: z
    .object({
      id: z.string().exactOptional(),
      version: z.int().exactOptional(),
      text: z.string().exactOptional(),
    })
    .default({}),
});

/** How a worker process is set up, as JSON in its first argument. */
export type WorkerSetup = Readonly<z.input<typeof setupSchema>>;

const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), task: z.string() }),
  z.object({ type: z.literal('resume'), runId: z.string(), force: z.boolean().default(false) }),
  /** Asks what is being done to stop; has no answer of its own. */
  z.object({ type: z.literal('stop') }),
]);

/** What a worker process is told to do, as a message. */
export type WorkerOrder = Readonly<z.input<typeof orderSchema>>;

type Setup = z.output<typeof setupSchema>;

/** Carries out orders until nobody is left to give any. */
async function work(setup: Setup): Promise<void> {
  const { workspace, stateDirectory, config, crash, planPrompt } = setup;
  const context = await nodeRunContext({
    workspace,
    stateDirectory,
    flags: parseConfig(config, 'worker'),
    crashPoint: killAt(crash?.place, crash?.arrival),
  });
  const { plan } = modernDialect;
  const dialect = { ...modernDialect, plan: { ...plan, prompt: { ...plan.prompt, ...planPrompt } } };
  const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context, dialect });
  let stop = new AbortController();
  process.on('message', (message) => {
    const order = orderSchema.parse(message);
    if (order.type === 'stop') {
      stop.abort();
      return;
    }
    stop = new AbortController();
    void carryOut(jarvis, order, stop.signal).then((answer) => process.send?.(answer));
  });
  process.once('disconnect', () => void context.journal.close());
}

async function carryOut(
  jarvis: JarvisOrchestrator,
  order: Exclude<z.output<typeof orderSchema>, { readonly type: 'stop' }>,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return order.type === 'run'
      ? await jarvis.run({ task: order.task, signal })
      : await jarvis.resume(order.runId, { signal, ...(order.force ? { force: true } : {}) });
  } catch (error) {
    return z.object({ code: z.string(), message: z.string() }).parse(error);
  }
}

function killAt(place: string | undefined, arrival: number | undefined) {
  let arrivals = 0;
  return {
    reach(reached: CrashPlace): void {
      if (reached !== place) return;
      arrivals += 1;
      if (arrivals === arrival) process.kill(process.pid, 'SIGKILL');
    },
  };
}

await work(setupSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
