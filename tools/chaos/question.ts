import { createHash } from 'node:crypto';

import { z } from 'zod';

const bodySchema = z.looseObject({ messages: z.unknown() });

/** What a request asks, whatever limit of output the budget leaves it: the hash of its messages. */
export function questionOf(body: unknown): string {
  const { messages } = bodySchema.parse(body);
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex');
}
