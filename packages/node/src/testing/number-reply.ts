import { replySchema } from './reply.ts';
import type { CompleteReply } from './reply.ts';

/**
 * Replaces `{{n}}` in every string of a reply, however deep, with the given number.
 *
 * The reply goes through JSON, so that a script in memory answers exactly as the same script in a file.
 */
export function numberReply(reply: CompleteReply, n: number): CompleteReply {
  const numbered: unknown = JSON.parse(JSON.stringify(reply), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('{{n}}', String(n)) : value,
  );
  return replySchema.parse(numbered);
}
