import type { ReplyParser } from '../llm/reply-parser.ts';

/** Reads an answer that is JSON and nothing else: no fences, no prose, no repair. */
export const plainReplyParser: ReplyParser = {
  parse(text) {
    try {
      return { type: 'value', value: JSON.parse(text) };
    } catch (error) {
      return { type: 'unreadable', problem: error instanceof Error ? error.message : String(error) };
    }
  },
};
