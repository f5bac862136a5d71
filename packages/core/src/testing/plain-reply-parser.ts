import { serializeError } from '../errors/serialize-error.ts';
import type { ReplyParser } from '../llm/reply-parser.ts';

/** Reads an answer that is JSON and nothing else: no fences, no prose, no repair. */
export const plainReplyParser: ReplyParser = {
  parse(text) {
    try {
      return { type: 'value', value: JSON.parse(text) };
    } catch (error) {
      return { type: 'unreadable', problem: serializeError(error).message };
    }
  },
};
