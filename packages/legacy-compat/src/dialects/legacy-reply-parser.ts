import type { ParsedReply, ReplyParser } from '@jarvis/core';

const FENCE = /^\s*```[a-z]*\s*\n([\s\S]*?)\n?```\s*$/iu;
// A backslash that JSON gives no meaning to; pairs and valid escapes are passed over.
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-f]{4}|([\s\S]))/giu;

/** Reads answers as the predecessor did: without the code fence, then without escapes JSON does not know. */
export const legacyReplyParser: ReplyParser = {
  parse(text) {
    const bare = FENCE.exec(text)?.[1] ?? text;
    const strict = parseJson(bare);
    return strict.type === 'value' ? strict : parseJson(text.replace(ESCAPE, dropInvalid));
  },
};

function dropInvalid(escape: string, invalid: string | undefined): string {
  return invalid ?? escape;
}

function parseJson(text: string): ParsedReply {
  try {
    const value: unknown = JSON.parse(text);
    return { type: 'value', value };
  } catch (error) {
    return { type: 'unreadable', problem: error instanceof Error ? error.message : String(error) };
  }
}
