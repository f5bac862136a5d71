import { type InboxEntry, serializeError } from '@jarvis/core';
import { z } from 'zod';

import { type Amendment, amendmentSchema } from './amendment.ts';

/** What a person may tell a run while it is driven by whichever process. */
export type InboxCommand =
  | { readonly type: 'cancel'; readonly reason?: string }
  | { readonly type: 'amend'; readonly amendment: Amendment }
  | { readonly type: 'forget' };

const commandSchema: z.ZodType<InboxCommand> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel'), reason: z.string().max(1_000).exactOptional() }),
  z.object({ type: z.literal('amend'), amendment: amendmentSchema }),
  z.object({ type: z.literal('forget') }),
]);

/** A command as it is posted to a run's inbox. */
export function writeCommand(command: InboxCommand): string {
  return JSON.stringify(command);
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
