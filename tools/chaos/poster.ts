import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { z } from 'zod';

const orderSchema = z.object({
  id: z.int(),
  workspace: z.string(),
  stateDirectory: z.string(),
  maxRounds: z.int().positive(),
});

/** What a poster is told: the project whose only run is to be given more rounds. */
export type PosterOrder = Readonly<z.infer<typeof orderSchema>>;

/** Amends a run other processes work on, as somebody at another terminal would. */
async function post({ workspace, stateDirectory, maxRounds }: PosterOrder): Promise<void> {
  const context = await nodeRunContext({ workspace, stateDirectory });
  try {
    const [runId = 'none'] = await context.journal.listRuns();
    await new JarvisOrchestrator({ context }).amend(runId, { maxRounds });
  } finally {
    await context.journal.close();
  }
}

process.on('message', (message) => {
  const order = orderSchema.parse(message);
  void post(order).then(() => process.send?.({ id: order.id }));
});
