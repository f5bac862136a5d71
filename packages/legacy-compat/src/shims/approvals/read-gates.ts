import { evolveGates, type Gate, gateDecisionSchema, type InboxEntry, type Journal } from '@jarvis/core';
import { readRun } from '@jarvis/loops';
import { z } from 'zod';

const postedSchema = z.object({ type: z.literal('decide'), decision: gateDecisionSchema });

/** The gates of a run, with the decisions that were posted and are put on record when the run goes on. */
export async function readGates(journal: Journal, runId: string): Promise<readonly Gate[]> {
  const { gates } = await readRun(journal, runId);
  const posted = (await journal.readInbox(runId)).flatMap(readDecision);
  return posted.reduce<readonly Gate[]>(
    (folded, data) => evolveGates(folded, { type: 'gate.decided', data }),
    gates,
  );
}

function readDecision({ body }: InboxEntry): z.infer<typeof gateDecisionSchema>[] {
  try {
    return [postedSchema.parse(JSON.parse(body)).decision];
  } catch {
    return []; // something else was posted
  }
}
