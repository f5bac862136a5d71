import { type GateDecision, gateDecisionSchema, type InboxEntry, serializeError, sha256 } from '@jarvis/core';
import { type RoadmapChange, roadmapChangeSchema } from '@jarvis/roadmap';
import { z } from 'zod';

import { type Amendment, amendmentSchema } from './amendment.ts';

/** What a person may tell a run while it is driven by whichever process. */
export type InboxCommand =
  | { readonly type: 'cancel'; readonly reason?: string }
  | { readonly type: 'amend'; readonly amendment: Amendment }
  | { readonly type: 'decide'; readonly decision: GateDecision }
  | { readonly type: 'roadmap'; readonly change: RoadmapChange }
  | { readonly type: 'forget' };

const commandSchema: z.ZodType<InboxCommand> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel'), reason: z.string().exactOptional() }),
  z.object({ type: z.literal('amend'), amendment: amendmentSchema }),
  z.object({ type: z.literal('decide'), decision: gateDecisionSchema }),
  z.object({ type: z.literal('roadmap'), change: roadmapChangeSchema }),
  z.object({ type: z.literal('forget') }),
]);

/** A command as it is posted to a run's inbox: the same command has the same id. */
export function writeCommand(command: InboxCommand): { readonly id: string; readonly body: string } {
  const body = JSON.stringify(command);
  return { id: `${command.type}-${sha256(body).slice(0, 16)}`, body };
}

/** What was posted, or why it cannot be followed. */
export function readCommand({ body }: InboxEntry): InboxCommand | { readonly problem: string } {
  try {
    return commandSchema.parse(JSON.parse(body));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : serializeError(error).message;
    return { problem: problem.replaceAll(/\s+/gu, ' ').slice(0, 500) };
  }
}
